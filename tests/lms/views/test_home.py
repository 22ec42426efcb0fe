"""The pages that machines ask for."""

from lms.metrics import Metrics


def test_counters_are_told_to_the_machine_itself_and_to_nobody_else(site):
    browser = site.browser()
    text = browser.get("/metrics", extra_environ={"REMOTE_ADDR": "127.0.0.1"}).text
    assert "\ntutela_requests_total 1\n" in text
    browser.get("/metrics", extra_environ={"REMOTE_ADDR": "203.0.113.9"}, status=404)


def test_a_counter_counts():
    metrics = Metrics()
    metrics.count("tutela_retries_total")
    metrics.count("tutela_retries_total")
    assert metrics.text().endswith("\ntutela_retries_total 2\n")


def test_the_site_says_that_it_is_well(site):
    assert site.browser().get("/healthz").json["status"] == "ok"


def test_who_is_signed_in_goes_on_where_they_learn(site):
    assert site.signed_in("member").get("/").location.endswith("/learning/")
    assert site.browser().get("/").status_int == 200
