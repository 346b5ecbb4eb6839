"""Station 5, remember: what must survive the process. SQLAlchemy and Alembic live here and nowhere else."""
