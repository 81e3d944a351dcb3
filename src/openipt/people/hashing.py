"""Password hashes that cannot exhaust the machine."""

from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher

AT_ONCE = BoundedSemaphore(4)


class BoundedArgon2(Argon2PasswordHasher):
    """Argon2id with 46 MiB, one pass, one lane (an OWASP pair), four at a time.

    Django's default of 100 MiB and eight lanes would take 2 GB for twenty people who
    sign in at the same moment.
    """

    time_cost = 1
    memory_cost = 46 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with AT_ONCE:
            return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        with AT_ONCE:
            return bool(super().verify(password, encoded))
