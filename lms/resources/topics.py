"""The topics by which courses are found: few, and chosen by admins."""

from BTrees.OOBTree import OOBTree
from persistent import Persistent


class Topics(Persistent):
    """All topics by random id: ``/admin/topics/<id>``. Courses hold the ids of theirs."""

    __name__ = "topics"
    __parent__: object = None

    def __init__(self):
        self._topics = OOBTree()

    def __acl__(self):
        return [("Allow", "role:admin", ("topic:change",))]

    def __resource_url__(self, _request, info):
        return f"{info['app_url']}/admin/topics/"

    def __getitem__(self, key: str) -> "Topic":
        return self._topics[key]

    def __contains__(self, key: str) -> bool:
        return key in self._topics

    def get(self, key: str) -> "Topic | None":
        return self._topics.get(key)

    def values(self):
        return self._topics.values()

    def add(self, topic: "Topic") -> None:
        topic.__parent__ = self
        self._topics[topic.id] = topic

    def remove(self, topic: "Topic") -> None:
        del self._topics[topic.id]


class Topic(Persistent):
    """What courses can be about.

    :param topic_id: stands in addresses, and stays when the name changes
    """

    def __init__(self, topic_id: str, name: str):
        self.__name__ = topic_id
        self.__parent__: Topics | None = None
        self.name = name

    def __resource_url__(self, _request, info):
        return f"{info['app_url']}/admin/topics/{self.id}/"

    @property
    def id(self) -> str:
        return self.__name__
