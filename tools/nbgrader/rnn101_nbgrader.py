"""Steps of nbgrader that use the course's grader instead of a kernel.

nbgrader runs a submission and gives full marks to every check that raises no error. Here
no code of a submission is run by nbgrader: `go run ./course judge` reads the student's
answers, grades them in its sandbox, and returns the released notebook with the answers
and, below each check, its points. nbgrader stores the points, shows them in its
formgrader, and makes the feedback.

Written for nbgrader 0.9.6; nbgrader_config.py selects these classes.
"""

import glob
import os
import subprocess
from pathlib import Path

import nbformat
from nbconvert.exporters import NotebookExporter
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import SaveAutoGrades
from traitlets import Unicode

CHECKOUT = Path(__file__).resolve().parents[2]

# Replaces a solution, as in the editions of `go run ./course release`.
CODE_STUB = '// your code\npanic("not written yet")'
TEXT_STUB = "*Your answer.*"


class Submission(NotebookExporter):
    """Reads a submission and grades it.

    nbgrader reads the result a second time, with its own code.
    """

    go = Unicode("go", help="The go command").tag(config=True)
    key = Unicode("", help="The file with the key of the hidden checks; by default that of `course grade`").tag(config=True)

    def from_filename(self, filename, resources=None, **kw):
        autograde = self.parent
        if not (isinstance(autograde, Autograde) and autograde._sanitizing):
            return super().from_filename(filename, resources=resources, **kw)
        coursedir = autograde.coursedir
        assignment = resources["nbgrader"]["assignment"]
        released = Path(coursedir.format_path(coursedir.release_directory, ".", assignment), assignment + ".ipynb").resolve()
        if not released.exists():
            raise NbGraderException(f"{released} does not exist. Call first: nbgrader generate_assignment {assignment}")
        folder = os.path.dirname(os.path.abspath(filename))  # not resolved: links of students are not followed
        command = [self.go, "run", "./course", "judge", assignment, folder, "--released", str(released)]
        if self.key:
            command += ["--key", str(Path(coursedir.root, self.key).resolve())]
        done = subprocess.run(command, cwd=CHECKOUT, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace")
        if done.returncode != 0:
            raise NbGraderException(f"the grader failed: {done.stderr.strip()}")
        notebook = nbformat.reads(done.stdout, as_version=4)
        outcome = notebook.metadata.get("rnn101_grade", {})
        if outcome.get("reason"):
            self.log.warning("%s: %s", resources["nbgrader"]["student"], outcome["reason"])
        return self.from_notebook_node(notebook, resources=resources, **kw)


class SavePoints(SaveAutoGrades):
    """Stores the points, and marks submissions that a human must look at."""

    def preprocess(self, nb, resources):
        self.needs_human = nb.metadata.get("rnn101_grade", {}).get("needs_human", False)
        return super().preprocess(nb, resources)

    def _add_score(self, cell, resources):
        super()._add_score(cell, resources)
        if self.needs_human:
            grade = self.gradebook.find_grade(cell.metadata["nbgrader"]["grade_id"], self.notebook_id, self.assignment_id, self.student_id)
            grade.needs_manual_grade = True
            self.gradebook.db.commit()


def init_notebooks(self):
    """Finds the submissions: every folder of a student is one, whatever it contains.

    nbgrader's own method omits empty folders and stops at a notebook with another name.
    The grader reports what is wrong with a folder.
    """
    self.notebooks = []
    self.assignments = {
        folder: [os.path.join(folder, self.coursedir.assignment_id + ".ipynb")]
        for folder in glob.glob(self._format_source(self.coursedir.assignment_id, self.coursedir.student_id))
        if os.path.isdir(folder)
    }
    if not self.assignments:
        raise NbGraderException(
            "no submissions at " + self._format_source(self.coursedir.assignment_id, self.coursedir.student_id))


# The command and the formgrader both use this class, and nbgrader has no setting for this
# step.
Autograde.init_notebooks = init_notebooks
