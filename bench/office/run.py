"""The office's list of 10,000 members and its search, against a bare Django list of the same people in the same process.

    .venv/bin/python bench/office/run.py [--people 10000]

Bare is a plain view with the usual middleware: a count, 25 rows in order, `icontains` over name and address. CPU counts.
The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parents[1] / "events"))
import world

RESULTS = Path(__file__).parents[1] / "results"
GOAL, ROUNDS, TURNS = 2.0, 7, 4
FAMILY = """佐藤 サトウ|鈴木 スズキ|高橋 タカハシ|髙橋 タカハシ|田中 タナカ|伊藤 イトウ|渡辺 ワタナベ|渡邉 ワタナベ|山本 ヤマモト|中村 ナカムラ
小林 コバヤシ|加藤 カトウ|吉田 ヨシダ|山田 ヤマダ|佐々木 ササキ|山口 ヤマグチ|松本 マツモト|井上 イノウエ|木村 キムラ|林 ハヤシ|斎藤 サイトウ|齋藤 サイトウ
清水 シミズ|山崎 ヤマザキ|森 モリ|池田 イケダ|橋本 ハシモト|阿部 アベ|石川 イシカワ|小川 オガワ|前田 マエダ|藤田 フジタ|後藤 ゴトウ|岡田 オカダ|長谷川 ハセガワ"""
GIVEN = """学 マナブ|由紀子 ユキコ|𠮷男 ヨシオ|葵 アオイ|桃子 モモコ|誠 マコト|彩 アヤ|健 ケン|仁 ジン|麻衣 マイ|光 ヒカリ|亮 リョウ|結衣 ユイ|智子 トモコ|一樹 カズキ
隆 タカシ|翼 ツバサ|真由美 マユミ|達也 タツヤ|愛 アイ|大輔 ダイスケ|信之介 シンノスケ|悠真 ユウマ|さくら サクラ|直美 ナオミ"""
SEARCHES = ("髙橋", "サトウ", "森 由紀子", "guest77@", "マ")  # what bare finds, too
_TEMPLATE = """<!doctype html><html lang="ja"><head><title>Members</title></head><body><h1>Members</h1><p>{{ request.user.email }}</p>
<form><input name="q" value="{{ search }}"></form><table>{% for member in page %}<tr><td><a href="/office/members/{{ member.pk }}/">
{{ member.family_name }} {{ member.given_name }}</a> {{ member.family_kana }} {{ member.given_kana }}</td><td>{{ member.user.email }}</td>
<td>{{ member.employer }}</td><td>{{ member.admitted_at|date:"Y-m-d" }}</td></tr>{% endfor %}</table><p>{{ page.number }} / {{ page.paginator.num_pages }}</p>
</body></html>"""


def bare_list(request: Any) -> Any:
    from django.core.paginator import Paginator
    from django.db.models import Q
    from django.http import HttpResponse

    from enishi.members.models import Member

    rows = Member.objects.select_related("user").order_by("family_kana", "given_kana", "pk")
    search = request.GET.get("q", "")
    for word in search.split():
        names = ("family_name", "given_name", "family_kana", "given_kana", "user__email")
        q = Q()
        for name in names:
            q |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(q)
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    return HttpResponse(_template().render({"page": page, "search": search}, request))


@cache
def _template() -> Any:
    from django.template import engines

    return engines["bare"].from_string(_TEMPLATE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    chosen = parser.parse_args()
    world.start(world.settings_for())
    found = measure(chosen.people)
    for name, value in found.items():
        print(f"{name:24} {value:10.2f}")
    RESULTS.mkdir(exist_ok=True)
    whole = {"people": chosen.people, "goal": GOAL, **{key: round(value, 3) for key, value in found.items()}}
    (RESULTS / "office.json").write_text(json.dumps(whole, indent=1))
    print(json.dumps(whole))


def measure(people: int) -> dict[str, float]:
    import bare
    from django.conf import settings
    from django.urls import path

    import pages

    bare.urlpatterns.insert(0, path("bare-list/", bare_list))
    settings.ROOT_URLCONF = "bare"
    settings.TEMPLATES.append({**settings.TEMPLATES[0], "NAME": "bare", "APP_DIRS": False, "OPTIONS": pages._plain()})
    settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, pages.STOCK]
    ((officer, key),) = world.people(1, name="officer")
    ((_other, plain_key),) = world.people(1, name="plain", backend=pages.STOCK)
    _fill(people, officer)
    ours, plain = pages.handlers()

    def cpu(handler: Any, address: str) -> float:
        browser = pages.Browser(handler, key if handler is ours else plain_key)
        begun = time.process_time()
        for _ in range(TURNS):
            assert browser.send("GET", address).status_code == 200
        return 1000 * (time.process_time() - begun) / TURNS

    def ratio(address: str) -> tuple[float, float, float]:
        mine, theirs = f"/office/members/{address}", f"/bare-list/{address}"
        cpu(ours, mine), cpu(plain, theirs)
        pairs = [(cpu(ours, mine), cpu(plain, theirs)) for _ in range(ROUNDS)]
        return (
            statistics.median(a for a, _b in pairs),
            statistics.median(b for _a, b in pairs),
            statistics.median(a / b for a, b in pairs),
        )

    found: dict[str, float] = {}
    for name, address in (("list", ""), ("last_page", f"?page={people // 25}")):
        found[f"{name}_ms"], found[f"bare_{name}_ms"], found[f"{name}_x_bare"] = ratio(address)
    searches = {word: ratio(f"?q={quote(word)}") for word in SEARCHES}
    for word, (mine, theirs, times) in searches.items():
        print(f"{word:14} {mine:8.1f} ms  bare {theirs:8.1f} ms  {times:6.2f} x")
    found["search_ms"] = statistics.median(mine for mine, _b, _c in searches.values())
    found["search_x_bare"] = statistics.median(times for _a, _b, times in searches.values())
    found["worst_search_x_bare"] = max(times for _a, _b, times in searches.values())
    return found


def _fill(people: int, officer: Any) -> None:
    """Members with two stints each, and one officer."""
    from enishi.accounts.choices import RoleKind
    from enishi.accounts.models import Role, User
    from enishi.core import limits
    from enishi.members.models import Member, Stint

    Role.objects.create(user=officer.user, kind=RoleKind.OFFICER)
    limits.hit = lambda *_args, **_options: None  # the same person asks without end
    family, given = ([each.split() for each in words.replace("\n", "|").split("|")] for words in (FAMILY, GIVEN))
    users = User.objects.bulk_create(User(email=f"guest{n}@mail.example") for n in range(people))
    made = []
    for n, user in enumerate(users):
        (last, last_kana), (first, first_kana) = family[n % len(family)], given[n // len(family) % len(given)]
        member = Member(user=user, family_name=last, given_name=first, family_kana=last_kana, given_kana=first_kana)
        member.route, member.employer, member.name_keys = "search", "大学病院", member._name_keys()
        made.append(member)
    Member.objects.bulk_create(made)
    Stint.objects.bulk_create(
        Stint(member=member, from_year=1990 + n % 20, to_year=1995 + n % 20) for n, member in enumerate(made)
    )


if __name__ == "__main__":
    main()
