"""Reporters are networks told apart for a year, and what is shown changes at night.

The digests of months cannot be made into digests of a year: the networks behind them are known to nobody. So the
reporters of a month stay what they were, of a period of their own ("2026-07"), never added to those of another month
or of the year; their digests and the keys of the months are destroyed here. What was shown keeps its place, without
its tables: the next run of `write_snapshots` makes them from the reports that it counted, or hides it where no period
alone has five reporters.
"""

import django.db.models.deletion
from django.db import migrations, models


def destroy_digests(apps, schema_editor):
    apps.get_model("contributions", "ReporterOrdinal").objects.update(digest=None)


def leave_tables_to_the_batch(apps, schema_editor):
    snapshots = apps.get_model("contributions", "Snapshot").objects
    snapshots.filter(shown=False).delete()
    snapshots.update(tables={}, outdated=True)
    counted = apps.get_model("contributions", "Report").objects.filter(
        code__in=snapshots.values("code"), state="accepted", reporter__in_snapshot=True
    )
    counted.update(in_snapshot=True)


class Migration(migrations.Migration):
    dependencies = [("contributions", "0002_toolkit_signup")]

    operations = [
        migrations.RunPython(destroy_digests, migrations.RunPython.noop),
        migrations.DeleteModel("MonthlyKey"),
        migrations.CreateModel(
            name="YearKey",
            fields=[
                ("year", models.CharField(help_text="2026", max_length=4, primary_key=True, serialize=False)),
                ("secret", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="DayKey",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("secret", models.CharField(max_length=64)),
            ],
        ),
        migrations.RemoveConstraint("reporterordinal", "one_reporter_an_ordinal"),
        migrations.RemoveConstraint("reporterordinal", "one_reporter_a_digest"),
        migrations.RemoveConstraint("reporterordinal", "reporter_month_is_no_day"),
        migrations.RenameField("reporterordinal", "month", "period"),
        migrations.AddConstraint(
            "reporterordinal",
            models.UniqueConstraint(fields=("code", "period", "ordinal"), name="one_reporter_an_ordinal"),
        ),
        migrations.AddConstraint(
            "reporterordinal",
            models.UniqueConstraint(fields=("code", "period", "digest"), name="one_reporter_a_digest"),
        ),
        migrations.AddConstraint(
            "reporterordinal",
            models.CheckConstraint(
                condition=models.Q(("period__length__in", [4, 7])), name="reporter_period_is_no_day"
            ),
        ),
        migrations.CreateModel(
            name="NewcomerMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mark", models.CharField(max_length=16)),
                (
                    "reporter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="contributions.reporterordinal",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("reporter", "mark"), name="one_mark_a_newcomer")
                ],
            },
        ),
        migrations.AddField("report", "in_snapshot", models.BooleanField(default=False)),
        migrations.AddField("snapshot", "outdated", models.BooleanField(default=False)),
        migrations.RunPython(leave_tables_to_the_batch, migrations.RunPython.noop),
    ]
