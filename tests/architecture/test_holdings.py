"""Every column that names a person or an organisation is declared by its area."""

from __future__ import annotations

import sqlalchemy as sa

import bootstrap
from core.holdings import Holdings, Keeps, heads_by_prefix, unnamed_columns


def test_no_column_that_names_somebody_is_left_out():
    missing = unnamed_columns(bootstrap.metadata().sorted_tables, bootstrap.holdings())
    assert missing == [], (
        "declare these in the area's holdings.py, for handing over, export and erasure"
    )


def test_the_check_sees_columns_by_name_and_by_what_they_point_to():
    metadata = sa.MetaData()
    sa.Table("person", metadata, sa.Column("id", sa.Text, primary_key=True))
    toy = sa.Table(
        "toy",
        metadata,
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("painted_by", sa.Text),
        sa.Column("friend", sa.ForeignKey("person.id")),
        sa.Column("colour", sa.Text),
    )
    assert unnamed_columns([toy], Holdings()) == ["toy.painted_by", "toy.friend"]


def test_each_column_is_declared_once_and_with_a_stream_that_is_locked_in_order():
    columns = bootstrap.holdings().columns
    assert len({one.name for one in columns}) == len(columns)
    known = heads_by_prefix()
    for one in columns:
        assert one.head is None or known[one.head.PREFIX] is one.head
        assert one.head is None or one.head.PREFIX in bootstrap.ORDER
        if one.keeps is Keeps.DUTY:
            assert one.title, f"{one.name} needs words for the one who takes over"
            assert one.seat is not None, f"{one.name} needs the organisation that it is held in"
