import django.db.models.deletion
import openipt.core.ids
import openipt.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0004_rhythm'),
        ('encounters', '0002_phase_task_done'),
        ('people', '0002_recovery_mode'),
    ]

    operations = [
        migrations.AddField(
            model_name='note',
            name='without_link',
            field=openipt.vault.fields.SealedText(blank=True, max_length=2000, null=True),
        ),
        migrations.CreateModel(
            name='MoodLink',
            fields=[
                ('id', models.UUIDField(default=openipt.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('content', openipt.vault.fields.SealedJSON()),
                ('version', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('encounter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mood_links', to='encounters.encounter')),
                ('focus', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.focus')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('removed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.service')),
            ],
        ),
        migrations.CreateModel(
            name='MoodLinkVersion',
            fields=[
                ('id', models.UUIDField(default=openipt.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('content', openipt.vault.fields.SealedJSON()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='encounters.moodlink')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.service')),
            ],
        ),
        migrations.CreateModel(
            name='ProcessNote',
            fields=[
                ('id', models.UUIDField(default=openipt.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('text', openipt.vault.fields.SealedText(max_length=20000)),
                ('version', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField()),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('encounter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='process_notes', to='encounters.encounter')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.service')),
            ],
        ),
        migrations.CreateModel(
            name='ProcessNoteVersion',
            fields=[
                ('id', models.UUIDField(default=openipt.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('text', openipt.vault.fields.SealedText(max_length=20000)),
                ('at', models.DateTimeField()),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('process_note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='encounters.processnote')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.service')),
            ],
        ),
        migrations.CreateModel(
            name='SessionPlan',
            fields=[
                ('id', models.UUIDField(default=openipt.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('content', openipt.vault.fields.SealedJSON()),
                ('begun_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('encounter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='plan', to='encounters.encounter')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.service')),
            ],
        ),
        migrations.CreateModel(
            name='SessionPlanVersion',
            fields=[
                ('id', models.UUIDField(default=openipt.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('content', openipt.vault.fields.SealedJSON()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='encounters.sessionplan')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.service')),
            ],
        ),
        migrations.CreateModel(
            name='TechniqueUsed',
            fields=[
                ('id', models.UUIDField(default=openipt.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.course')),
                ('encounter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='techniques_used', to='encounters.encounter')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.service')),
            ],
        ),
        migrations.CreateModel(
            name='FocusWorked',
            fields=[
                ('id', models.UUIDField(default=openipt.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.course')),
                ('encounter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='foci_worked', to='encounters.encounter')),
                ('focus', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.focus')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.service')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('encounter', 'focus'), name='focus_worked_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='moodlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', True), ('removed_by__isnull', True)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='mood_link_removed_by_and_at'),
        ),
        migrations.AddConstraint(
            model_name='moodlinkversion',
            constraint=models.UniqueConstraint(fields=('link', 'version'), name='mood_link_version_once'),
        ),
        migrations.AddConstraint(
            model_name='processnote',
            constraint=models.UniqueConstraint(fields=('encounter', 'author'), name='process_note_of_author_once'),
        ),
        migrations.AddConstraint(
            model_name='processnoteversion',
            constraint=models.UniqueConstraint(fields=('process_note', 'version'), name='process_note_version_once'),
        ),
        migrations.AddConstraint(
            model_name='sessionplanversion',
            constraint=models.UniqueConstraint(fields=('plan', 'version'), name='session_plan_version_once'),
        ),
        migrations.AddConstraint(
            model_name='techniqueused',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('encounter', 'key'), name='technique_used_once'),
        ),
    ]
