"""The one workflow of the site: what editors and organisers hand in, an approver publishes."""

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

REVIEW = "审稿"
WAGTAIL_WORKFLOW = "Moderators approval"


def ensure_review(*, approvers: Group) -> Workflow:
    """The workflow by our name, over all pages unless an administrator chose another.

    Wagtail brings one, which becomes ours. A task that was added or taken away stays so.
    """
    workflow = Workflow.objects.filter(name=REVIEW).first() or _take_over()
    if workflow is None:
        workflow = Workflow.objects.create(name=REVIEW)
        task = GroupApprovalTask.objects.create(name=REVIEW)
        task.groups.add(approvers)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        root = Page.objects.get(depth=1)
        WorkflowPage.objects.get_or_create(page=root, defaults={"workflow": workflow})
    return workflow


def _take_over() -> Workflow | None:
    workflow = Workflow.objects.filter(name=WAGTAIL_WORKFLOW).first()
    if workflow:
        workflow.name = REVIEW
        workflow.save(update_fields=["name"])
        workflow.tasks.filter(name=WAGTAIL_WORKFLOW).update(name=REVIEW)
    return workflow
