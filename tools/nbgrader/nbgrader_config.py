"""nbgrader's settings for the assignments of the course.

`go run ./course setup --teacher DIR` writes an nbgrader_config.py into DIR that reads this
file. Put your own settings there.
"""

import os
import sys
from pathlib import Path

# nbgrader calls alembic by name, and the environment's folder need not be on PATH.
os.environ["PATH"] = os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", "")])

sys.path.insert(0, str(Path(__file__).resolve().parent))

from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata, OverwriteCells
from rnn101_nbgrader import CODE_STUB, TEXT_STUB, SavePoints, Submission

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "rnn101"
# An assignment is one notebook. Other files of a student are not copied: one might be a
# link to one of your files.
c.CourseDirectory.ignore = ["*"]

c.ClearSolutions.code_stub = {"go": CODE_STUB}
c.ClearSolutions.text_stub = TEXT_STUB

# Nothing is executed here: the grader has run the answers in its sandbox by the time the
# submission has been read.
c.Autograde.exporter_class = Submission
c.Autograde.sanitize_preprocessors = [OverwriteCells, CheckCellMetadata]
c.Autograde.autograde_preprocessors = [SavePoints, AssignLatePenalties, CheckCellMetadata]
