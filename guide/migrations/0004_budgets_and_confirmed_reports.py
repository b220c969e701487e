from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds a table and a choice. The table of 0.2.0 stays: that release can still run on this database."""

    dependencies = [
        ('guide', '0003_reports_have_a_rating'),
    ]

    operations = [
        migrations.CreateModel(
            name='Budget',
            fields=[
                ('name', models.CharField(max_length=120, primary_key=True, serialize=False)),
                ('period', models.DateTimeField()),
                ('taken', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.AlterField(
            model_name='report',
            name='state',
            field=models.CharField(choices=[('new', '新的'), ('seen', '看过'), ('confirmed', '确认不对'), ('mended', '改好了'), ('declined', '不改')], default='new', max_length=10, verbose_name='状态'),
        ),
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name='TakenHour')]),
    ]
