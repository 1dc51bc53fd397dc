"""A text may be asked about like a figure, and keeps how it read when it last came back."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracker", "0014_deputies_of_signers")]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="narrative",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="comments",
                to="tracker.narrative",
            ),
        ),
        migrations.AddField(
            model_name="narrative",
            name="before",
            field=models.TextField(blank=True, verbose_name="退回时的文字"),
        ),
        migrations.AlterField(
            model_name="narrative",
            name="questioned",
            field=models.BooleanField(default=False, verbose_name="被质询"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("figure__isnull", True), ("narrative__isnull", True), _connector="OR"
                ),
                name="comment_about_one_thing",
            ),
        ),
    ]
