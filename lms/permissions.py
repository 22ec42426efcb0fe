"""What somebody may be allowed to do, by name, so that a typing error is an error.

Resources give these out in their ``__acl__`` as plain strings; views ask for them.
"""

from enum import StrEnum


class Permission(StrEnum):
    """``<resource>:<action>``, in order."""

    ADMIN_VIEW = "admin:view"
    AWARD_EDIT = "award:edit"
    AWARD_LIST = "award:list"
    COURSE_ADMIT = "course:admit"
    COURSE_CREATE = "course:create"
    COURSE_EDIT = "course:edit"
    COURSE_ENROL = "course:enrol"
    COURSE_LIST = "course:list"
    COURSE_REPORT = "course:report"
    COURSE_VIEW = "course:view"
    LEARNING_VIEW = "learning:view"
    PERSON_ADD = "person:add"
    PERSON_CHANGE = "person:change"
    PERSON_LIST = "person:list"
    SITE_VIEW = "site:view"
    TOPIC_CHANGE = "topic:change"
    WORK_CHANGE = "work:change"
    WORK_VIEW = "work:view"
