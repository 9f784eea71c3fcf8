"""What is scored and how: rubric files, the act labeller, the scorer. Imports nothing of ours."""
