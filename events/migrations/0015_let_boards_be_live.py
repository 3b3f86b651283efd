from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0014_hand_out_starts")]

    operations = [
        migrations.AddField(
            model_name="cheer",
            name="is_hidden_by_runner",
            field=models.BooleanField(default=False, verbose_name="hidden by the runner"),
        ),
        migrations.AddField(
            model_name="entry",
            name="wants_no_cheers",
            field=models.BooleanField(
                default=False,
                help_text="Nobody can then cheer, and what others said is hidden.",
                verbose_name="wants no cheers",
            ),
        ),
        migrations.AddField(
            model_name="race",
            name="is_live",
            field=models.BooleanField(
                default=False,
                help_text="Before the results are shown to guests. Otherwise the board has the start list until then.",
                verbose_name="times are on the board as they come in",
            ),
        ),
    ]
