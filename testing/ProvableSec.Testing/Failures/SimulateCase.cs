using System.Collections.Immutable;
using System.Text;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Testing.Failures;

/// <summary>A request with the policies that decide it, as a line that <c>provablesec simulate</c> reads.</summary>
internal static class SimulateCase
{
    /// <summary>The case of a witness.</summary>
    /// <param name="query">The question, of which the witness shows that the claim is wrong.</param>
    /// <param name="witness">The request.</param>
    /// <param name="expectAllow">What the claim wants.</param>
    /// <returns>Null where a case cannot show it: it is decided, with all that the witness supposes, as the claim wants.</returns>
    public static string? Of(Query query, Witness witness, bool expectAllow)
    {
        Subject subject = query.Subject;
        bool allowed = Decides(subject, query.Type, witness);
        if (query.Baseline is { } baseline && !allowed)
        {
            // What the baseline allowed and nobody allows any more.
            subject = baseline;
            allowed = Decides(subject, query.Type, witness);
            expectAllow = true;
        }

        if (query.Baseline is null ? allowed == expectAllow : !allowed)
        {
            return null;
        }

        return Write(StackOf(subject, query.Type), witness, query.Baseline is not null ? (ReferenceEquals(subject, query.Baseline) ? "allow" : "deny")
            : expectAllow ? "allow" : "deny");
    }

    /// <summary>A case as one line.</summary>
    public static string Write(PolicyStack stack, Witness witness, string expected, string? id = null)
    {
        var json = new StringBuilder("{");
        if (id is not null)
        {
            Member(json, "id").Append(Quoted(id)).Append(',');
        }

        Stack(json, stack);
        Member(json, "request");
        Request(json, witness);
        return json.Append(",\"expected\":").Append(Quoted(expected)).Append('}').ToString();
    }

    /// <summary>A document standing alone as the policies that a case gives.</summary>
    public static PolicyStack StackOf(Subject subject, PolicyType type)
    {
        if (subject.Document is not { } alone)
        {
            return subject.Stack!;
        }

        PolicyStack everything = PolicyStack.Empty with { IdentityPolicies = ImmutableArray.Create(FullAccessPolicy.Unnamed) };
        ImmutableArray<PolicyDocument> one = ImmutableArray.Create(alone);
        return type switch
        {
            PolicyType.Identity => PolicyStack.Empty with { IdentityPolicies = one },
            PolicyType.Resource or PolicyType.Trust => PolicyStack.Empty with { ResourcePolicy = alone },
            PolicyType.PermissionsBoundary => everything with { PermissionsBoundary = alone },
            PolicyType.Session => everything with { SessionPolicies = one },
            PolicyType.VpcEndpoint => everything with { VpcEndpointPolicies = one },
            PolicyType.ServiceControlPolicy => everything with
            {
                ServiceControlPolicies = ImmutableArray.Create(alone.Statements.All(s => s.Effect == Effect.Deny)
                    ? one.Insert(0, FullAccessPolicy.Unnamed) : one)
            },
            _ => everything with { ResourceControlPolicies = ImmutableArray.Create(one) },
        };
    }

    private static bool Decides(Subject subject, PolicyType type, Witness witness) =>
        Evaluator.Decide(witness.Under(StackOf(subject, type)), witness.Request, witness.Readings).IsAllowed;

    private static void Stack(StringBuilder json, PolicyStack stack)
    {
        Each(json, "identityPolicies", stack.IdentityPolicies);
        One(json, "permissionsBoundary", stack.PermissionsBoundary);
        Each(json, "sessionPolicies", stack.SessionPolicies);
        One(json, "resourcePolicy", stack.ResourcePolicy);
        Each(json, "vpcEndpointPolicies", stack.VpcEndpointPolicies.IsEmpty ? null : stack.VpcEndpointPolicies);
        Levels(json, "serviceControlPolicies", stack.ServiceControlPolicies);
        Levels(json, "resourceControlPolicies", stack.ResourceControlPolicies);
        if (stack.Organization is { } organization)
        {
            Member(json, "organization").Append('{');
            Member(json, "id").Append(organization.Id is { } id ? Quoted(id) : "null").Append(',');
            Member(json, "managementAccount").Append(organization.ManagementAccount is { } management ? Quoted(management) : "null").Append(',');
            Member(json, "accounts").Append('{')
                .Append(string.Join(",", organization.Accounts.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{Quoted(a.Key)}:{Quoted(a.Value)}")))
                .Append("}},");
        }
    }

    private static void Request(StringBuilder json, Witness witness)
    {
        AccessRequest request = witness.Request;
        json.Append('{');
        Member(json, "principal").Append(Quoted(request.Principal.Name)).Append(',');
        if (CallerPrincipal.TryParse(request.Principal.Name, null, out _)?.Kind != request.Principal.Kind)
        {
            Member(json, "principalType").Append(Quoted(CallerPrincipal.Word(request.Principal.Kind))).Append(',');
        }

        Member(json, "action").Append(Quoted(request.Action)).Append(',');
        Member(json, "resource").Append(Quoted(request.Resource)).Append(',');
        if (request.ResourceAccount is { } account)
        {
            Member(json, "resourceAccount").Append(Quoted(account)).Append(',');
        }

        Member(json, "context").Append('{').Append(string.Join(",", request.Context.Select(e => $"{Quoted(e.Key)}:{Values(e.Values)}"))).Append('}');
        if (witness.SupposedResourcePolicy is { } policy || witness.OwnPoliciesAllow)
        {
            json.Append(",\"supposed\":{")
                .Append(string.Join(",",
                    ((string?[])[witness.SupposedResourcePolicy is { } supposed ? "\"resourcePolicy\":" + Compact(supposed) : null,
                        witness.OwnPoliciesAllow ? "\"identityPolicies\":\"allow\"" : null]).OfType<string>())).Append('}');
        }

        if (witness.Readings != Reading.None)
        {
            Member(json.Append(','), "readings").Append('[').Append(string.Join(",", ReadingNames.Of(witness.Readings).Select(Quoted))).Append(']');
        }

        json.Append('}');
    }

    private static string Values(ImmutableArray<string> values) => values.Length switch
    {
        0 => "null",
        1 => Quoted(values[0]),
        _ => $"[{string.Join(",", values.Select(Quoted))}]",
    };

    private static void Each(StringBuilder json, string name, ImmutableArray<PolicyDocument>? documents)
    {
        if (documents is { } given)
        {
            Member(json, name).Append('[').Append(string.Join(",", given.Select(Compact))).Append("],");
        }
    }

    private static void One(StringBuilder json, string name, PolicyDocument? document)
    {
        if (document is not null)
        {
            Member(json, name).Append(Compact(document)).Append(',');
        }
    }

    private static void Levels(StringBuilder json, string name, ImmutableArray<ImmutableArray<PolicyDocument>>? levels)
    {
        if (levels is { } given)
        {
            Member(json, name).Append('[').Append(string.Join(",", given.Select(level => $"[{string.Join(",", level.Select(Compact))}]"))).Append("],");
        }
    }

    /// <summary>The policy on one line; strings hold no line ends.</summary>
    private static string Compact(PolicyDocument document) => string.Concat(PolicyWriter.Write(document).Split('\n').Select(line => line.TrimStart()));

    private static StringBuilder Member(StringBuilder json, string name) => json.Append('"').Append(name).Append("\":");

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder();
        JsonEscapes.AppendQuoted(quoted, text);
        return quoted.ToString();
    }
}
