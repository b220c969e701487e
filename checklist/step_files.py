"""Read the steps of the plan: the urgent actions, and those of steps.toml."""

from collections.abc import Collection, Mapping
from graphlib import CycleError, TopologicalSorter

from checklist.files import Pair, check_aliases
from checklist.steps import Stage, Step, StepPolicy, StepWords
from checklist.urgent.library import Urgent
from checklist.urgent.policy import ActionPolicy
from core.content.loader import Loader
from guide.procedures import Procedure


def read_steps(
    files: Pair,
    actions: Mapping[str, ActionPolicy],
    exposures: Collection[str],
    procedures: Mapping[str, Procedure],
) -> dict[str, Step]:
    """Return the urgent actions as steps, without titles yet, and the steps of the files."""
    policies, words = files.policy.entries(StepPolicy), files.words.entries(StepWords)
    files.words.check_known(words, {*policies, *actions}, "file", "step")
    for id, policy in policies.items():
        _check_step(policy, policies, actions, exposures, files.policy)
        if not words.get(id, StepWords(id=id)).title and len(policy.procedures) != 1:
            files.words.fault(f"{id}.title", f"nothing gives {id!r} its title", "a title, or one procedure")
    everything = {id: _policy_of(action) for id, action in actions.items()} | policies
    for id, policy in everything.items():
        files.policy.check_known(policy.procedures, procedures, f"{id}.procedures", "procedure")
    check_aliases(files.policy, {id: (*policy.aliases, *policy.parts) for id, policy in everything.items()})
    _check_order(policies, everything, files.policy)
    return {id: _step(policy, words.get(id, StepWords(id=id)), procedures) for id, policy in everything.items()}


def _policy_of(action: ActionPolicy) -> StepPolicy:
    """Return an urgent action as a step."""
    return StepPolicy(
        id=action.id,
        stage=Stage.URGENT,
        procedures=action.procedures,
        after=action.after,
        minutes=action.minutes,
        leaves_page=action.leaves_page,
        aliases=tuple(id for id in action.stands_for if id != action.id),
        parts=action.parts,
    )


def _step(policy: StepPolicy, words: StepWords, procedures: Mapping[str, Procedure]) -> Step:
    own = tuple(procedures[id] for id in policy.procedures if id in procedures)
    return Step(
        policy=policy,
        procedures=own,
        title=words.title or (own[0].title if own else ""),
        stops=words.stops or (own[0].stops if own else ""),
        first=words.first,
        note=words.note,
    )


def _check_step(
    policy: StepPolicy,
    policies: Collection[str],
    actions: Collection[str],
    exposures: Collection[str],
    loader: Loader,
) -> None:
    """Check that an exposure requires the step, and that everything it names exists."""
    if not policy.when:
        loader.fault(f"{policy.id}.when", "nobody earns it", "at least one exposure")
    if policy.id in actions or policy.stage is Stage.URGENT:
        loader.fault(policy.id, "is an urgent action", "an id and a stage that the decision table does not have")
    loader.check_known(policy.when, exposures, f"{policy.id}.when", "exposure")
    loader.check_known(policy.after, {*policies, *actions}, f"{policy.id}.after", "step")
    loader.check_known(policy.follows, actions, f"{policy.id}.follows", "action")
    loader.check_known(policy.replaced_by, actions, f"{policy.id}.replaced_by", "action")
    loader.check_known(policy.replaced_by_all, actions, f"{policy.id}.replaced_by_all", "action")


def _check_order(policies: Mapping[str, StepPolicy], everything: Mapping[str, StepPolicy], loader: Loader) -> None:
    """Check that no step waits for one of a later stage, or for itself."""
    for id, policy in policies.items():
        for earlier in policy.after:
            if earlier in everything and everything[earlier].stage.rank > policy.stage.rank:
                loader.fault(f"{id}.after", f"{earlier!r} stands in a later stage", "a step of an earlier stage")
    try:
        TopologicalSorter({id: policy.after for id, policy in everything.items()}).prepare()
    except CycleError as error:
        way = " → ".join(error.args[1])
        loader.fault("after", f"steps wait for one another: {way}", "an order without a circle")


def linkable_ids(steps: Mapping[str, Step]) -> set[str]:
    """Return the ids that a text may link to: those of steps, and former ones, which lead to their procedure."""
    return {*steps, *(id for step in steps.values() for id in (*step.policy.aliases, *step.policy.parts))}


def with_titles(steps: Mapping[str, Step], urgent: Urgent, words: Loader) -> dict[str, Step]:
    """Return the steps with the titles of the urgent actions, and with their links as HTML."""
    complete = {}
    for id, step in steps.items():
        title = urgent.plain(id).title if step.is_urgent else step.title
        first = words.html(step.first, f"{id}.first") if step.first else ""
        complete[id] = step.model_copy(update={"title": title, "first": first})
    return complete
