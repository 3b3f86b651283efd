from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0017_remember_how_photos_stand")]

    operations = [
        migrations.AddField(
            model_name="photoupload",
            name="files",
            field=models.JSONField(blank=True, default=list, editable=False, verbose_name="files"),
        ),
    ]
