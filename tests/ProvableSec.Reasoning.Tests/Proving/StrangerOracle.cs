using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>
/// Whether one request is an outsider's (docs/commands/prove.md, "Outsiders"; Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage", the
/// meaning of
/// "public"): a walk over the request, written apart from the property that the prover makes of the same words.
/// </summary>
internal sealed partial class StrangerOracle(Query query)
{
    private static readonly string[] Private = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
    private static readonly string[] OfAccount = ["aws:principalarn", "aws:principalaccount", "kms:calleraccount"];

    private readonly TrustZone zone = query.Zone;
    private readonly Statement[] statements = [.. Agreement.Documents(query).SelectMany(d => d.Statements)];

    /// <summary>Whether it is an outsider's request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="certain">What to say where a value is spelled so oddly that this oracle cannot compare it: true to say no.</param>
    public bool IsStranger(AccessRequest request, bool certain)
    {
        CallerPrincipal caller = request.Principal;
        bool hasAccount = caller.Account.Length > 0 && caller.Kind != PrincipalKind.Federated;
        if ((hasAccount && Known().Contains(caller.Account)) || (caller.Kind == PrincipalKind.Service
            && (!zone.ConfusedDeputy || zone.Services.Contains(caller.Name))))
        {
            return false;
        }

        // A SAML provider that the policy names is its account's own; outside a trust policy, where AWS knows no such caller, it may as well be nobody's.
        if (caller.Kind == PrincipalKind.Federated && caller.Name.Contains(":saml-provider/", StringComparison.Ordinal)
            && statements.Any(s => s.Principal?.Entries.Any(e => e.Value == caller.Name) == true)
            && AccountIn(caller.Name) is { } own && (!zone.IsGiven || zone.Accounts.Contains(own)))
        {
            return !certain && query.World == World.Free;
        }

        // A resource's owner is not an outsider to it.
        if (query.Subject.Stack is not null && (request.Action.ToUpperInvariant() is "STS:GETCALLERIDENTITY" or "STS:GETSESSIONTOKEN"
            || (hasAccount && (request.ResourceAccount ?? AccountIn(request.Resource) ?? caller.Account) == caller.Account)))
        {
            return false;
        }

        return zone.Strict || statements.SelectMany(s => s.Conditions).All(c => !(KeepsOut(c, request, hasAccount) ?? certain));
    }

    /// <summary>Whether the request has a value of the condition's key that no outsider has; null when it cannot be told.</summary>
    private bool? KeepsOut(Condition condition, AccessRequest request, bool hasAccount)
    {
        string key = condition.FoldedKey;
        if (OfAccount.Contains(key) && (hasAccount || request.Principal.Kind is PrincipalKind.Anonymous or PrincipalKind.Federated))
        {
            // Such a caller is an outsider by their account, or for having none.
            return false;
        }

        bool? keeps = false;
        foreach (string value in Evaluator.ValuesOf(condition.Key, query.Subject.Stack ?? PolicyStack.Empty, request))
        {
            if ((key == "elasticfilesystem:accessedviamounttarget" && value.Equals("true", StringComparison.OrdinalIgnoreCase))
                || (key == "aws:sourceip" && Private.Any(p => Lies(value, p) == true))
                || (key == "aws:principalorgid" && zone.Organizations.Contains(value))
                || (key == "aws:principalorgpaths" && zone.Organizations.Any(o => value.StartsWith(o + "/", StringComparison.Ordinal))))
            {
                return true;
            }

            foreach (PolicyPattern one in condition.Values.Where(v => !v.HasVariables && Fixes(condition, v.Text)))
            {
                bool? equal = one.Text.Contains("${", StringComparison.Ordinal) ? null
                    : key == "aws:sourceip" ? Lies(value, one.Text)
                    : Equal(condition, one.Text, value);
                if (equal == true)
                {
                    return true;
                }

                keeps = equal is null ? null : keeps;
            }
        }

        return keeps;
    }

    /// <summary>Whether a policy's value says who or where one is, so that an outsider is not that.</summary>
    private bool Fixes(Condition condition, string text)
    {
        bool wild = IsWild(condition, text);
        return condition.FoldedKey switch
        {
            "aws:sourceip" => IsNarrow(text),
            "aws:principalorgid" => !wild && IsTrusted(text),
            "aws:principalorgpaths" => text.Split('/')[0] is var id && !id.Contains('*', StringComparison.Ordinal)
                && !id.Contains('?', StringComparison.Ordinal) && IsTrusted(id),
            "aws:userid" => !wild && !text.StartsWith("AROA", StringComparison.Ordinal) && text != "anonymous",
            "aws:sourceorgid" or "aws:vpceorgid" => !wild && IsTrusted(text),
            "aws:sourceorgpaths" or "aws:vpceorgpaths" => text.Split('/')[0] is var id && !id.Contains('*', StringComparison.Ordinal)
                && !id.Contains('?', StringComparison.Ordinal) && IsTrusted(id),
            "aws:principalarn" or "aws:principalaccount" or "aws:sourceaccount" or "aws:sourcearn" or "aws:sourceowner" or "aws:vpceaccount"
                or "aws:sourcevpcarn" or "kms:calleraccount" =>
                AccountIn(text) is { } account ? !zone.IsGiven || zone.Accounts.Contains(account) : !wild && !zone.IsGiven,
            "aws:sourcevpc" or "aws:sourcevpce" => !wild,

            // What GitHub, GitLab, Buildkite and Google say of a project or organization, they say of nobody else's.
            "token.actions.githubusercontent.com:repository" or "token.actions.githubusercontent.com:repository_id"
                or "token.actions.githubusercontent.com:repository_owner"
                or "token.actions.githubusercontent.com:repository_owner_id" or "token.actions.githubusercontent.com:enterprise_id" or "gitlab.com:project_id"
                    or "gitlab.com:namespace_id"
                or "agent.buildkite.com:organization_id" or "agent.buildkite.com:pipeline_id" or "agent.buildkite.com:cluster_id"
                    or "accounts.google.com:google/organization_number" => !wild,
            // A subject is one person, workload or repository, where it is not a pattern that leaves its owner open.
            _ when condition.FoldedKey.EndsWith(":sub", StringComparison.Ordinal) => !wild || OwnersSubject.IsMatch(text),
            _ => false,
        };

        bool IsTrusted(string organization) => !zone.IsGiven || zone.Organizations.Contains(organization);
    }

    private static bool Equal(Condition condition, string text, string value) =>
        IsWild(condition, text) ? System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(text, value, ignoreCase: false)
        : string.Equals(text, value, condition.Operator.Comparison is ConditionComparison.StringEqualsIgnoreCase
            or ConditionComparison.StringNotEqualsIgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    /// <summary>Whether an address lies in a range; null for spellings on which libraries differ.</summary>
    private static bool? Lies(string value, string range) => Plain.IsMatch(value) && Plain.IsMatch(range) && !value.Contains('/', StringComparison.Ordinal)
        && Range(range) is { } network && IPAddress.TryParse(value, out IPAddress? address)
        ? network.Contains(address)
        : null;

    private static bool IsWild(Condition condition, string text) =>
        (text.Contains('*', StringComparison.Ordinal) || text.Contains('?', StringComparison.Ordinal))
        && condition.Operator.Comparison is not (ConditionComparison.StringEquals or ConditionComparison.StringNotEquals
            or ConditionComparison.StringEqualsIgnoreCase or ConditionComparison.StringNotEqualsIgnoreCase);

    private static bool IsNarrow(string text) => text.Split('/') is var parts
        && (parts.Length == 1 || (int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            && length >= (text.Contains(':', StringComparison.Ordinal) ? 32 : 8)));

    /// <summary>A range as written, its stray host bits cleared. How long a bare IPv6 address is, is disputed.</summary>
    private static IPNetwork? Range(string text)
    {
        string[] parts = text.Split('/');
        if (!IPAddress.TryParse(parts[0], out IPAddress? address) || (parts.Length == 1 && address.AddressFamily == AddressFamily.InterNetworkV6))
        {
            return null;
        }

        byte[] bytes = address.GetAddressBytes();
        int length = parts.Length == 1 ? bytes.Length * 8 : int.Parse(parts[1], CultureInfo.InvariantCulture);
        if (length > bytes.Length * 8)
        {
            return null;
        }

        for (int bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), length);
    }

    /// <summary>The accounts that are not outsiders: who owns what the policies speak of, the zone's, and without a zone all that the policies name.</summary>
    private HashSet<string> Known()
    {
        IEnumerable<string> texts = statements.SelectMany(s => s.Resource?.Patterns ?? []).Select(p => p.Text);
        if (!zone.IsGiven)
        {
            texts = texts.Concat(statements.SelectMany(s => s.Principal?.Entries ?? []).Where(e => e.Kind == PrincipalEntryKind.Aws).Select(e => e.Value))
                .Concat(statements.SelectMany(s => s.Conditions).Where(IsOfWho).SelectMany(c => c.Values).Select(v => v.Text));
        }

        return [.. zone.Accounts, .. texts.Select(AccountIn).OfType<string>()];
    }

    [GeneratedRegex(@"^[^:/*?]+:[^/*?]+/")]
    private static partial Regex OwnersSubject { get; }

    [GeneratedRegex(@"^((0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}|[1-9a-f][0-9a-f]{0,3}(:(0|[1-9a-f][0-9a-f]{0,3})){1,7}::|[1-9a-f][0-9a-f]{0,3}(:(0|[1-9a-f][0-9a-f]{0,3})){0,6}::?(0|[1-9a-f][0-9a-f]{0,3})?|::)(/(0|[1-9][0-9]?))?$")]
    private static partial Regex Plain { get; }

    private static bool IsOfWho(Condition condition) => condition.FoldedKey is var key
        && (key is "aws:principalarn" or "aws:principalaccount" or "aws:sourceaccount" or "aws:sourcearn" or "aws:sourceowner" or "aws:vpceaccount"
            or "aws:sourcevpcarn" or "kms:calleraccount" or "aws:userid");

    private static string? AccountIn(string text) =>
        (text.Length == 12 ? text : text.Split(':') is { Length: >= 6 } fields ? fields[4] : "") is { Length: 12 } account && account.All(char.IsAsciiDigit)
            ? account : null;
}
