using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Callers;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Translation;

/// <summary>
/// What AWS refuses its customers whatever their policies say: changes of what belongs to AWS (IAM User Guide, "Managed policies and inline policies" and
/// "Using
/// service-linked roles"; IAM Identity Center User Guide, "Permission sets"; AWS KMS Developer Guide, "Aliases"), AssumeRole by a root user and IAM
/// and most of STS by federated users (STS API Reference, AssumeRole and GetFederationToken), and for web and SAML identities all calls but those that assume a
/// role with their token.
/// </summary>
internal sealed class ReservedToAws(RequestFormulas formulas, CallerTranslator callers)
{
    private static readonly string[] ChangesOfRoles =
    [
        "iam:AttachRolePolicy", "iam:DetachRolePolicy", "iam:PutRolePolicy", "iam:DeleteRolePolicy", "iam:UpdateAssumeRolePolicy",
        "iam:PutRolePermissionsBoundary", "iam:DeleteRolePermissionsBoundary", "iam:DeleteRole",
    ];

    private static readonly (TextSet Actions, TextSet Resources)[] Owned =
    [
        (ActionSets.Of(
                "iam:CreatePolicy", "iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion", "iam:SetDefaultPolicyVersion", "iam:TagPolicy",
                "iam:UntagPolicy"),
            ArnSets.Of("*", "iam", "*", "aws", "policy/*")),
        (ActionSets.Of(ChangesOfRoles), ArnSets.Of("*", "iam", "*", "*", "role/aws-service-role/*")),
        (ActionSets.Of([.. ChangesOfRoles, "iam:UpdateRole", "iam:UpdateRoleDescription"]), ArnSets.Of("*", "iam", "*", "*", "role/aws-reserved/*")),
        (ActionSets.Of("kms:CreateAlias", "kms:UpdateAlias", "kms:DeleteAlias"), ArnSets.Of("*", "kms", "*", "*", "alias/aws/*")),
    ];

    private static readonly TextSet IdentityActions = ActionSets.Of("iam:*", "sts:*"), CallerIdentity = ActionSets.Of("sts:GetCallerIdentity");

    private static readonly TextSet AssumeRole = ActionSets.Of("sts:AssumeRole"), SessionActions = ActionSets.Of("sts:TagSession", "sts:SetSourceIdentity"),
        WithWebIdentity = ActionSets.Of("sts:AssumeRoleWithWebIdentity"), WithSaml = ActionSets.Of("sts:AssumeRoleWithSAML"),
        SamlProviders = ArnSets.Of("*", "iam", "*", "*", "saml-provider/*", CallerTranslator.ProviderPrefix + "arn");

    /// <summary>The kinds of caller of whom <see cref="RefusedToCaller"/> says something.</summary>
    public const CallerKinds RestrictedKinds = CallerKinds.Root | CallerKinds.FederatedUser | CallerKinds.Provider;

    private readonly FormulaBuilder graph = formulas.Graph;

    /// <summary>The request is refused.</summary>
    public Formula Refused => graph.Or(RefusedToCustomers, RefusedToCaller);

    /// <summary>A customer's request to change what belongs to AWS.</summary>
    public Formula RefusedToCustomers => graph.And(callers.HasAccount, !callers.IsServiceLinked, ChangesWhatIsOwned);

    /// <summary>A change of what belongs to AWS that neither AWS nor its services make: nor does anybody who signs nothing.</summary>
    public Formula ChangedByOthers => graph.And(!callers.Is(CallerKinds.Service), !callers.IsServiceLinked,
        ChangesWhatIsOwned);

    private Formula ChangesWhatIsOwned =>
        graph.Or([.. Owned.Select(o => graph.And(formulas.Exists(formulas.Action, o.Actions), formulas.Exists(formulas.Resource, o.Resources)))]);

    /// <summary>A request that callers of this kind cannot make.</summary>
    public Formula RefusedToCaller
    {
        get
        {
            Formula root = (callers.Kinds & CallerKinds.Root) == 0 ? Formula.False
                : graph.And(callers.Is(CallerKinds.Root), formulas.Exists(formulas.Action, AssumeRole));
            Formula federated = (callers.Kinds & CallerKinds.FederatedUser) == 0 ? Formula.False : graph.And(
                callers.Is(CallerKinds.FederatedUser),
                formulas.Exists(formulas.Action, IdentityActions),
                !formulas.Exists(formulas.Action, CallerIdentity));
            if ((callers.Kinds & CallerKinds.Provider) == 0)
            {
                return graph.Or(root, federated);
            }

            Formula saml = formulas.Exists(formulas.Caller, SamlProviders);
            Formula may = graph.Or(formulas.Exists(formulas.Action, SessionActions),
                graph.If(saml, formulas.Exists(formulas.Action, WithSaml), formulas.Exists(formulas.Action, WithWebIdentity)));
            return graph.Or(root, federated, graph.And(callers.Is(CallerKinds.Provider), !may));
        }
    }

    /// <summary>Whether the request changes what belongs to AWS.</summary>
    /// <param name="action">The action, in lower case.</param>
    /// <param name="resource">The resource.</param>
    public static bool IsOwned(string action, string resource) =>
        Array.Exists(Owned, o => o.Actions.Contains(action, Reading.None) && o.Resources.Contains(resource, Reading.None));

    /// <summary>Whether callers of a kind cannot make a call of an action.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="action">The action, in lower case.</param>
    public static bool IsRefused(CallerPrincipal caller, string action) => caller.Kind switch
    {
        PrincipalKind.Root => AssumeRole.Contains(action, Reading.None),
        PrincipalKind.FederatedUser => IdentityActions.Contains(action, Reading.None) && !CallerIdentity.Contains(action, Reading.None),
        PrincipalKind.Federated => !SessionActions.Contains(action, Reading.None)
            && !(SamlProviders.Contains(CallerTranslator.ProviderPrefix + caller.Name, Reading.None) ? WithSaml : WithWebIdentity).Contains(action,
                Reading.None),
        _ => false,
    };
}
