using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using static ProvableSec.CertificateChecker.Derivation.Formula;

namespace ProvableSec.CertificateChecker.Derivation;

/// <summary>What AWS refuses its customers whatever their policies say (docs/semantics.md, "What AWS keeps for itself").</summary>
internal sealed class ReservedDerivation(Atoms atoms, CallerDerivation callers)
{
    private const string Origin = "what AWS keeps for itself";

    private static readonly string[] ChangesOfRoles =
    [
        "AttachRolePolicy", "DetachRolePolicy", "PutRolePolicy", "DeleteRolePolicy", "UpdateAssumeRolePolicy", "PutRolePermissionsBoundary",
            "DeleteRolePermissionsBoundary", "DeleteRole",
    ];

    private static readonly (string[] Actions, string Resources)[] Owned =
    [
        (["CreatePolicy", "CreatePolicyVersion", "DeletePolicy", "DeletePolicyVersion", "SetDefaultPolicyVersion", "TagPolicy", "UntagPolicy"],
            "iam:*:aws:policy/*"),
        (ChangesOfRoles, "iam:*:*:role/aws-service-role/*"),
        ([.. ChangesOfRoles, "UpdateRole", "UpdateRoleDescription"], "iam:*:*:role/aws-reserved/*"),
        (["CreateAlias", "UpdateAlias", "DeleteAlias"], "kms:*:*:alias/aws/*"),
    ];

    /// <summary>A customer's request to change what belongs to AWS; services change it, by the roles that they made for themselves.</summary>
    public Formula FromCustomers => And(Origin, callers.HasAccount, Not(callers.IsServiceLinked), Or(Origin, [.. Owned.Select(o => And(
        Origin,
        Action([.. o.Actions.Select(a => $"{o.Resources.Substring(0, 3)}:{a}")]),
        atoms.In(atoms.Resource, Arns("arn:*:" + o.Resources))))]));

    /// <summary>A request that callers of this kind cannot make: root users assume no role, and web and SAML identities do nothing else, each with its own
    /// action.</summary>
    public Formula FromCaller
    {
        get
        {
            Formula saml = callers.In(Arns("provider arn:*:iam:*:*:saml-provider/*"));
            Formula may = Or(
                Origin,
                Action("sts:TagSession", "sts:SetSourceIdentity"),
                And(Origin, saml, Action("sts:AssumeRoleWithSAML")),
                And(Origin, Not(saml), Action("sts:AssumeRoleWithWebIdentity")));
            return Or(Origin, And(Origin, callers.Is(PrincipalKind.Root), Action("sts:AssumeRole")),
                And(Origin, callers.Is(PrincipalKind.Federated), Not(may)));
        }
    }

    private Formula Action(params string[] actions) =>
        atoms.In(atoms.Action, PolicyText.Set(TextComparison.Action, actions.Select(a => PolicyPattern.Plain(a))));

    private static TextSet Arns(string pattern) => PolicyText.Set(TextComparison.Arn, [PolicyPattern.Plain(pattern)]);
}
