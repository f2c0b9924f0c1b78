"""Cards in zones, and votes for them."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q

from toolkits.models.activity import Activity, Participant


@pghistory.track()
class Card(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="cards")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="cards")
    zone = models.SlugField(max_length=60)
    text = models.CharField(max_length=200)
    weight = models.PositiveSmallIntegerField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["created_at"]
        indexes = [models.Index(fields=["activity", "zone"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight=None) | Q(weight__range=(1, 5)), name="card_weight_1_to_5"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="card_has_words"),
        ]

    def __str__(self) -> str:
        return self.text


class Vote(models.Model):
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="votes")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="votes")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "participant"], name="vote_once")]

    def __str__(self) -> str:
        return f"{self.participant_id} for {self.card_id}"
