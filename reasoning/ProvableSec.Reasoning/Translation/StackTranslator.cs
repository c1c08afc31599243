using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Translation;

/// <summary>A part of a decision that a question may set aside, to see what it blocks.</summary>
internal readonly record struct SetAside(Statement? Deny, PolicySlot? Layer);

/// <summary>Turns a stack into the formula of what it allows one user or role session (docs/semantics.md, lines 11 to 17).</summary>
/// <param name="formulas">Where the formulas are made.</param>
/// <param name="policies">Translates the documents.</param>
/// <param name="principal">The caller, where the question names one.</param>
internal sealed class StackTranslator(RequestFormulas formulas, PolicyTranslator policies, CallerPrincipal? principal)
{
    private readonly FormulaBuilder graph = formulas.Graph;

    /// <summary>True where the resource belongs to the caller's account.</summary>
    public int OwnAccount => formulas.Free("own-account");

    /// <summary>True where the resource lies in another partition than the caller, which nothing can allow.</summary>
    public int CrossesPartition => formulas.Free("crosses-partition");

    /// <summary>True where the caller is in the organisation's management account, which no SCP binds.</summary>
    public int ManagementAccount => formulas.Free("management-account");

    /// <summary>What a subject allows.</summary>
    public int Allowed(Subject subject, SetAside aside = default) =>
        subject.Document is { } document ? policies.Alone(document) : Allowed(subject.Stack!, aside);

    private int Allowed(PolicyStack stack, SetAside aside)
    {
        ImmutableArray<PolicyDocument> identity = stack.IdentityPolicies ?? ImmutableArray<PolicyDocument>.Empty;
        var parts = new List<int> { OwnAccount, FormulaBuilder.Not(CrossesPartition), FormulaBuilder.Not(NeedsResourcePolicy()) };
        Add(parts, identity, new PolicySlot(PolicyLayer.IdentityPolicies), aside);
        if (stack.PermissionsBoundary is { } boundary)
        {
            Add(parts, [boundary], new PolicySlot(PolicyLayer.PermissionsBoundary), aside);
        }

        if (stack.SessionPolicies is { } session)
        {
            Add(parts, session, new PolicySlot(PolicyLayer.SessionPolicies), aside);
        }

        if (stack.ServiceControlPolicies is { } levels)
        {
            var bound = new List<int>();
            for (int level = 0; level < levels.Length; level++)
            {
                Add(bound, levels[level], new PolicySlot(PolicyLayer.ServiceControlPolicies, level), aside);
            }

            int exempt = IsServiceLinked(principal) ? FormulaBuilder.True
                : stack.Organization?.ManagementAccount is not { } management ? FormulaBuilder.False
                : (principal?.Account ?? stack.Account) is { } account ? (account == management ? FormulaBuilder.True : FormulaBuilder.False)
                : ManagementAccount;
            parts.Add(graph.Or(exempt, graph.And(bound)));
        }

        return graph.Or(NeedsNoPermission(), graph.And(parts));
    }

    /// <summary>
    /// Whether a caller is a service-linked role, which no SCP binds. A caller that a question leaves free is none: nobody can give such a role
    /// the policies of a stack.
    /// </summary>
    public static bool IsServiceLinked(CallerPrincipal? principal) =>
        principal is { Kind: PrincipalKind.Role } && principal.Path.StartsWith("aws-service-role/", StringComparison.Ordinal);

    private void Add(List<int> parts, IReadOnlyList<PolicyDocument> documents, PolicySlot slot, SetAside aside)
    {
        if (aside.Layer != slot)
        {
            parts.Add(policies.Allows(documents));
        }

        foreach (PolicyDocument document in documents)
        {
            foreach (Statement statement in document.Statements)
            {
                if (statement.Effect == Effect.Deny && statement != aside.Deny)
                {
                    parts.Add(FormulaBuilder.Not(policies.Matches(statement)));
                }
            }
        }
    }

    /// <summary>Every layer of a stack that must allow, and every Deny statement in it, in the stack's order.</summary>
    public static IEnumerable<(PolicySlot Layer, PolicySlot Slot, PolicyDocument? Document)> Layers(PolicyStack stack)
    {
        var identity = new PolicySlot(PolicyLayer.IdentityPolicies);
        yield return (identity, identity, null);
        for (int i = 0; i < (stack.IdentityPolicies?.Length ?? 0); i++)
        {
            yield return (identity, new PolicySlot(PolicyLayer.IdentityPolicies, -1, i), stack.IdentityPolicies!.Value[i]);
        }

        if (stack.PermissionsBoundary is { } boundary)
        {
            var slot = new PolicySlot(PolicyLayer.PermissionsBoundary);
            yield return (slot, slot, null);
            yield return (slot, slot, boundary);
        }

        if (stack.SessionPolicies is { } session)
        {
            var layer = new PolicySlot(PolicyLayer.SessionPolicies);
            yield return (layer, layer, null);
            for (int i = 0; i < session.Length; i++)
            {
                yield return (layer, new PolicySlot(PolicyLayer.SessionPolicies, -1, i), session[i]);
            }
        }

        for (int level = 0; level < (stack.ServiceControlPolicies?.Length ?? 0); level++)
        {
            var layer = new PolicySlot(PolicyLayer.ServiceControlPolicies, level);
            yield return (layer, layer, null);
            ImmutableArray<PolicyDocument> documents = stack.ServiceControlPolicies!.Value[level];
            for (int i = 0; i < documents.Length; i++)
            {
                yield return (layer, new PolicySlot(PolicyLayer.ServiceControlPolicies, level, i), documents[i]);
            }
        }
    }

    /// <summary>Calls that are allowed even under a deny (STS API Reference, GetCallerIdentity and GetSessionToken).</summary>
    private int NeedsNoPermission() => formulas.Exists(formulas.Action, Actions("sts:getcalleridentity", "sts:getsessiontoken"));

    /// <summary>Role trust policies and KMS key policies must allow, and a stack without a resource policy has none (docs/semantics.md, line 13).</summary>
    private int NeedsResourcePolicy() => graph.Or(
        graph.And(
            formulas.Exists(formulas.Action, Actions("sts:assumerole*")),
            formulas.Exists(formulas.Resource, ArnFields("*", "iam", "*", "*", "role/*", "*"))),
        graph.And(
            formulas.Exists(formulas.Action, Actions("kms:*")),
            formulas.Exists(formulas.Resource, ArnFields("*", "kms", "*", "*", "key/*", "*"))));

    private static TextSet Actions(params string[] patterns) =>
        PatternCompiler.Compile([.. patterns.Select(p => PolicyPattern.Plain(p))], MatchMode.Action);

    /// <summary>ARNs by their fields; a star stays in its field. These are facts about ARNs, so no reading of a policy's patterns bears on them.</summary>
    public static TextSet ArnFields(string partition, string service, string region, string account, string resource, string first = "arn") => new(
        PatternCompiler.Compile([PolicyPattern.Plain($"{first}:{partition}:{service}:{region}:{account}:{resource}")], MatchMode.Arn).Patterns(Policy.Reading.None));
}
