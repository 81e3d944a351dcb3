"""How an installation is put together: environment, settings, addresses, logs."""
