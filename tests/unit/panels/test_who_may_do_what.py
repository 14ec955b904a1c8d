"""Which roles set panels, prepare them, see them and sit on them."""

from casework.roles import ROLES, Permission

WORK = {Permission.SEE_PANELS, Permission.PREPARE_PANELS, Permission.SIT_ON_PANELS}


def holders(permission: Permission) -> set[str]:
    return {code for code, role in ROLES.items() if permission in role.permissions}


def test_each_permission_is_held_by_those_whose_work_it_is() -> None:
    assert holders(Permission.SET_PANELS) == {"administrator"}
    assert holders(Permission.PREPARE_PANELS) == {"eas_officer"}
    assert holders(Permission.DECIDE_ON_ADVICE) == {"eas_officer", "manager"}
    assert holders(Permission.SEE_PANELS) == {"eas_officer", "inclusion_officer", "manager"}
    assert holders(Permission.SIT_ON_PANELS) == {"panel_chair", "panel_member"}


def test_nobody_who_sets_panels_works_for_one_or_sits_on_one() -> None:
    # The navigation counts on it too: each would see the link twice.
    assert not any(Permission.SET_PANELS in role.permissions and role.permissions & WORK for role in ROLES.values())


def test_who_sits_on_panels_sees_no_child_by_that() -> None:
    for code in ("panel_chair", "panel_member", "administrator"):
        assert not ROLES[code].permissions & {Permission.SEE_PUPILS, Permission.SEE_EXCLUSIONS}
