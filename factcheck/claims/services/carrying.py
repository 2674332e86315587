"""What stands in an article's older text, moved along to a newer one."""

from factcheck.articles.models import ArticleVersion


def carry_over(*, old: ArticleVersion, new: ArticleVersion) -> None:
    """Move claims, figures and notes whose words are found in the newer text along to it."""
