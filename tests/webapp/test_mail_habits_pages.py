"""The page where people choose when mail leaves offers every group of topics there is."""

import re

from notifications.habits import GROUPS

PLACE = "/en/account/notifications"


def test_every_group_can_be_chosen_and_is_kept(client_of):
    client = client_of("firm_member")
    offered = re.findall(r'<select[^>]* name="(\w+)"', client.get(PLACE).text)
    assert set(GROUPS) <= set(offered)
    chosen = dict.fromkeys(GROUPS, "weekly") | {"quiet_begins": "22", "quiet_ends": "7"}
    assert client.post(PLACE, data=chosen).status_code == 302
    kept = client.get(PLACE).text
    assert kept.count('<option selected value="weekly">') == len(GROUPS)
