import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0002_let_guests_say_more"),
    ]

    operations = [
        migrations.AddField(
            model_name="voice",
            name="message",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to="events.message",
                verbose_name="told by",
            ),
        ),
    ]
