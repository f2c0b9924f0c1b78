"""How the directory is kept: the school's own rules."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from config.typing import SettingRequest
from directory.forms.rules import RulesForm
from directory.models import Rules
from partnerships.access import Permission, setting_view
from partnerships.views import one_at_a_time, posted


@setting_view(Permission.SETTING_EDIT)
def edit_rules(request: SettingRequest) -> HttpResponse:
    with one_at_a_time(request):
        form = RulesForm(posted(request), instance=Rules.of(request.setting))
        if form.is_valid():
            form.save()
            messages.success(request, "Saved. The directory is kept by these rules from now on.")
            return redirect("directory:service_list", request.setting.slug)
    form.cancel_url = reverse("directory:service_list", args=[request.setting.slug])
    return render(request, "directory/edit_rules.html", {"form": form})
