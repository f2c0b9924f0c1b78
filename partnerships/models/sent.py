"""What people sent by e-mail to an address that they typed."""

from django.db import models

from partnerships.models.people import Membership


class SentMail(models.Model):
    """That somebody sent something, what kind of thing and when: neither to whom, nor what stood in it."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="mails_sent")
    kind = models.CharField(max_length=20)
    items = models.PositiveSmallIntegerField(default=1)
    sent_on = models.DateField()

    class Meta:
        ordering = ["-sent_on", "-pk"]

    def __str__(self) -> str:
        return self.kind
