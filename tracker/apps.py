from django.apps import AppConfig
from django.db.backends.signals import connection_created


class TrackerConfig(AppConfig):
    name = "tracker"
    verbose_name = "实绩"

    def ready(self):
        # Models must be loaded first.
        from tracker import acts, checks  # noqa: F401, PLC0415
        from tracker.exact import install_exact_sum  # noqa: PLC0415

        acts.register()
        connection_created.connect(install_exact_sum, dispatch_uid="exact-sum")
