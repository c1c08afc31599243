using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>
/// Requests that are likely to matter to a question: made of the texts, the prefixes and the boundaries that its documents hold.
/// Each is one that the question speaks of: it completes the partial request, and in the world of AWS it is one that AWS can send.
/// </summary>
internal sealed class RandomRequests
{
    private static readonly string[] Fillings = ["", "", "a", "b", "x", ":", "b:c", "*", "a/b", "c"];
    private static readonly string[] SomeTexts = ["", "a", "b", "A", "B", "ab", "aab", "abb", "k", "K", "\u212A", "a:b", "*", "x", "a*", "xa", "ba"];
    private static readonly string[] SomeArns = ["arn:aws:iam::111122223333:user/a", "arn:aws:iam::111122223333:role/r", "arn:aws:iam::444455556666:user/b",
        "arn:aws:iam::111122223333:user/a:b", "arn:aws:sts::111122223333:a", "arn:aws:iam", "a", "arn:aws:iam::111111111111:user/a",
        "arn:aws:iam::122222222222:user/a"];
    private static readonly string[] SomeNumbers = ["0", "1", "2", "1.25", "1.75", "-1", "-2", "3", "0.5", "10", "0.000000000000000000000000000000000001",
        "0.0000000000000000000000000000000001", "100000000000000000000000000000000001.5", "99999999999999999999999999999999999999", "x", "1e1", ""];
    private static readonly string[] SomeDates = ["2024-01-01T00:00:00Z", "2023-12-31T23:59:59Z", "2024-01-01T00:00:01Z", "2024-01-01T00:00:00.25Z",
        "2024-01-01T00:00:00.000000000001Z", "1704067200", "-1", "-2", "2025", "0000-01-01", "9999-12-31T23:59:59.5Z", "2024-01-01T00:00:00", "x",
        "99999999999999998"];
    private static readonly string[] SomeAddresses = ["10.0.0.0", "10.0.0.1", "10.127.255.255", "10.128.0.0", "9.255.255.255", "11.0.0.0", "0.0.0.0",
        "255.255.255.255", "2001:db8::1", "2001:db8::2", "2001:db9::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", "::",
        "ffff::", "010.0.0.1", "10.0.0.1/32", "x"];
    private static readonly string[] SomeTruths = ["true", "false", "TRUE", "False", "x", "", "rue"];
    private static readonly string[] SomeBytes = ["QUI=", "QUJ=", "QUJD", "", "QQ==", "QR==", "QQ ==", "AAAA", "x"];

    /// <summary>Keys that the evaluator derives where they are not listed.</summary>
    private static readonly HashSet<string> Derived = new(StringComparer.Ordinal)
    {
        "aws:principalarn", "aws:principalaccount", "aws:principaltype", "aws:username", "aws:userid", "aws:principalisawsservice", "aws:principalservicename",
        "aws:principalorgid", "aws:principalorgpaths", "aws:resourceaccount", "aws:resourceorgid", "aws:resourceorgpaths", "aws:tagkeys",
    };

    private readonly Query query;
    private readonly Random random;
    private readonly List<string> actions = ["a:b", "a:bc", "a:bxc", "b:b", "c:d", "s3:GetObject", "sts:GetCallerIdentity", "sts:AssumeRole", "kms:Decrypt",
        "kms:RetireGrant", "sts:TagSession", "ec2:CopyImage"];
    private readonly List<string> resources = ["*", "arn:aws:s3:::b", "arn:aws:s3:::b/a", "arn:aws:s3:::bxc", "arn:aws:s3:::b:c", "arn:aws:s3:e:111122223333:b",
        "arn:aws:s3:e:444455556666:b:c", "arn:aws:iam::111122223333:role/r", "arn:aws:kms:e:111122223333:key/k", "arn:aws-cn:s3:::b",
        "arn:aws:s3:e:111111111111:b", "arn:aws:s3:e:122222222222:b", "arn:aws:iam::444455556666:role/r", "arn:aws:kms:e:444455556666:key/k",
        "arn:aws-cn:s3:e:111122223333:b"];
    private readonly SortedDictionary<string, List<string>> keys = new(StringComparer.Ordinal);
    private readonly HashSet<string> withSets = new(StringComparer.Ordinal);
    private readonly RandomCallers callers;
    private readonly PolicyStack stack;
    private readonly bool throughEndpoint;

    public RandomRequests(Query query, IEnumerable<PolicyDocument> documents, Random random)
    {
        this.query = query;
        this.random = random;
        PolicyDocument[] all = [.. documents];
        callers = new RandomCallers(query, all);
        stack = query.Subject.Stack ?? PolicyStack.Empty;
        throughEndpoint = ((Subject?[])[query.Subject, query.Baseline]).Any(s => s?.Stack is { VpcEndpointPolicies.IsDefaultOrEmpty: false });
        foreach (Statement statement in all.SelectMany(d => d.Statements))
        {
            actions.AddRange(statement.Action.Patterns.Select(p => p.Text).Where(t => t.Contains(':', StringComparison.Ordinal)));
            resources.AddRange(statement.Resource?.Patterns.Select(p => p.Text) ?? []);
            Variables(statement.Resource?.Patterns ?? []);
            foreach (Condition condition in statement.Conditions)
            {
                Pool(condition.FoldedKey).AddRange(condition.Values.Select(v => v.Text));
                Pool(condition.FoldedKey).AddRange(Probes(condition.Operator.Comparison));
                Variables(condition.Values);
                if (condition.Operator.Set != SetOperator.None)
                {
                    withSets.Add(condition.FoldedKey);
                }
            }
        }

        foreach (KeyValuePair<string, FieldPattern> given in query.Request.Context)
        {
            Pool(given.Key.ToLowerInvariant());
        }
    }

    /// <summary>A request, or null when what was drawn is none that the question speaks of.</summary>
    public AccessRequest? Next()
    {
        bool aws = query.World == World.Aws;
        CallerPrincipal? caller = callers.Next(random, t => Filled(t));
        string action = Given(query.Request.Action) ?? Filled(Pick(actions));
        string resource = Given(query.Request.Resource) ?? (random.Next(10) == 0 ? "arn:aws:s3:::" + Pick(SomeTexts) : Filled(Pick(resources)));
        if (caller is null || action.IndexOf(':', StringComparison.Ordinal) <= 0 || (aws && !HasShape(action, resource)))
        {
            return null;
        }

        string? named = resource.Split(':', 6) is { Length: 6 } fields && fields[4].Length == 12 && fields[4].All(char.IsAsciiDigit) ? fields[4] : null;
        string? callersAccount = caller.Account.Length > 0 && caller.Kind != PrincipalKind.Federated ? caller.Account : null;
        string? given = query.Request.ResourceAccount;
        if (given is null && named is null && (callersAccount is null ? keys.ContainsKey("aws:resourceaccount") || random.Next(3) == 0 : resource != "*"
            && random.Next(4) == 0))
        {
            // What names no account belongs to one all the same.
            given = random.Next(2) == 0 ? "444455556666" : callersAccount ?? "111122223333";
        }

        string? owner = given ?? named ?? callersAccount;
        if (aws && callersAccount is not null && caller.Partition.Length == 0)
        {
            return null;
        }

        if (aws && owner is not null && owner == callersAccount && resource != "*" && resource.Split(':')[1] != caller.Partition)
        {
            // An account lies in one partition, so what it owns does too.
            return null;
        }

        return Context(caller, action, owner) is { } context && Complete(new AccessRequest(caller, action, resource, given, context)) is { } request
            && !(aws && !InCatalogue(action, resource, [.. context.Where(e => e.Values.Length > 0).Select(e => e.FoldedKey)]))
                ? request
                : null;
    }

    /// <summary>Values of the keys that the question speaks of, or null when they are none that go together.</summary>
    private ImmutableArray<ContextEntry>? Context(CallerPrincipal caller, string action, string? owner)
    {
        bool aws = query.World == World.Aws;
        var context = ImmutableArray.CreateBuilder<ContextEntry>();
        foreach ((string key, List<string> pool) in keys)
        {
            List<FieldPattern> given = GivenOf(key);
            Sending sending = aws ? LinkedKeys.Of(key, caller, action, owner, stack.Organization, query.Question == Question.NoPublicAccess) : Sending.Free;
            if (sending == Sending.Follows)
            {
                continue;
            }

            ImmutableArray<string> values = given.Count == 0 ? Drawn(key, pool, sending)
                : given.Any(g => g.IsAbsent) ? []
                : [.. given.Select(g => Given(g)!).Distinct(StringComparer.Ordinal)];
            if ((values.Length > 1 && !IsMultivalued(key)) || (aws && !Parse(key, values)) || sending == (values.Length > 0 ? Sending.Never : Sending.Always))
            {
                return null;
            }

            // Said to be absent, which matters for what would be derived.
            if (values.Length > 0 || random.Next(2) == 0 || Derived.Contains(key) || given.Count > 0)
            {
                context.Add(new ContextEntry(key, key, values));
            }
        }

        if (caller.Kind == PrincipalKind.AssumedRole && (aws || !keys.ContainsKey("aws:principalarn")) && random.Next(3) == 0)
        {
            // The session's ARN leaves out the path of its role, which this key tells.
            context.Add(new ContextEntry("aws:PrincipalArn", "aws:principalarn",
                [$"arn:{caller.Partition}:iam::{caller.Account}:role/{Pick(callers.MayBeServiceLinked ? ["team/", "aws-service-role/x.amazonaws.com/", ""] : ["team/", ""])}{caller.Path}"]));
        }

        return aws && !GoTogether(context) ? null : context.ToImmutable();
    }

    private ImmutableArray<string> Drawn(string key, List<string> pool, Sending sending)
    {
        int count = sending == Sending.Never || (sending == Sending.Free && random.Next(4) == 0) ? 0 : IsMultivalued(key) ? 1 + random.Next(3) : 1;
        return [.. Enumerable.Range(0, count).Select(_ => Value(key, pool)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether keys that were drawn one by one can be sent together.</summary>
    private bool GoTogether(ImmutableArray<ContextEntry>.Builder context)
    {
        bool Has(string key) => context.Any(e => e.FoldedKey == key && e.Values.Length > 0);
        bool untagged = Has("aws:requesttag/a") && context.Any(e => e.FoldedKey == "aws:tagkeys" && !e.Values.Contains("a", StringComparer.OrdinalIgnoreCase));
        return !untagged && !(Has("aws:sourceip") && (throughEndpoint || Has("aws:sourcevpc") || Has("aws:sourcevpce") || Has("aws:vpcsourceip")));
    }

    /// <summary>The request, or null when a key that follows from the rest of it is not what the question gives.</summary>
    private AccessRequest? Complete(AccessRequest request)
    {
        foreach (KeyValuePair<string, FieldPattern> given in query.Request.Context)
        {
            ImmutableArray<string> values = Evaluator.ValuesOf(given.Key, stack, request);
            if (given.Value.IsAbsent ? !values.IsEmpty : !values.Any(v => Agreement.Fits(given.Value, v, fold: false)))
            {
                return null;
            }
        }

        return request;
    }

    private List<FieldPattern> GivenOf(string key) =>
        [.. query.Request.Context.Where(g => g.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Select(g => g.Value)];

    /// <summary>One value only for keys that the service data know to have one; keys that nobody knows are taken by how the documents use them.</summary>
    private bool IsMultivalued(string key) => ServiceCatalogue.Default.FindKeyType(key)?.IsMultivalued ?? withSets.Contains(key);

    private string? Given(FieldPattern? field) => field is null ? null
        : random.Next(field.Literals.Length + field.Like.Length) is var i && i < field.Literals.Length ? field.Literals[i]
            : Filled(field.Like[i - field.Literals.Length], query.Request.Action == field ? ["", "a", "b", "bc"] : Fillings);

    private string Value(string key, List<string> pool) => random.Next(12) == 0 || pool.Count == 0
        ? Pick(key.EndsWith("arn", StringComparison.Ordinal) ? SomeArns : SomeTexts) : Filled(Pick(pool));

    /// <summary>A pattern with its wildcards and variables replaced by something; now and then a character less, or more.</summary>
    private string Filled(string pattern, string[]? fillings = null)
    {
        var text = new StringBuilder();
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '$' && pattern.IndexOf('}', i) is var close and > 0)
            {
                text.Append(Pick(["a", "b", "c", "k", "*", "111122223333", "true"]));
                i = close;
            }
            else
            {
                text.Append(pattern[i] switch { '*' => Pick(fillings ?? Fillings), '?' => Pick(["a", "x", "b", ":"]), var c => c.ToString() });
            }
        }

        string filled = text.ToString();
        return fillings is not null || filled.Length == 0 ? filled : random.Next(20) switch
        {
            0 => filled[..^1],
            1 => filled + "a",
            2 => filled.ToUpperInvariant(),
            _ => filled
        };
    }

    private List<string> Pool(string key)
    {
        if (!keys.TryGetValue(key, out List<string>? pool))
        {
            keys.Add(key, pool = []);
        }

        return pool;
    }

    private void Variables(ImmutableArray<PolicyPattern> patterns)
    {
        foreach (PatternPart part in patterns.SelectMany(p => p.Parts).Where(p => p.Kind == PatternPartKind.Variable))
        {
            Pool(part.Text.ToLowerInvariant()).AddRange(["a", "b", "c", "k", "*"]);
        }
    }

    private string Pick(IReadOnlyList<string> items) => items[random.Next(items.Count)];

    private static string[] Probes(ConditionComparison comparison) => comparison switch
    {
        ConditionComparison.Null or ConditionComparison.Unknown => SomeTexts,
        >= ConditionComparison.StringEquals and <= ConditionComparison.StringNotLike => SomeTexts,
        >= ConditionComparison.NumericEquals and <= ConditionComparison.NumericGreaterThanEquals => SomeNumbers,
        >= ConditionComparison.DateEquals and <= ConditionComparison.DateGreaterThanEquals => SomeDates,
        ConditionComparison.IpAddress or ConditionComparison.NotIpAddress => SomeAddresses,
        ConditionComparison.Bool => SomeTruths,
        ConditionComparison.BinaryEquals => SomeBytes,
        _ => SomeArns,
    };

    /// <summary>In the world of AWS the values of typed keys parse; only spellings that nobody disputes are let through.</summary>
    private static bool Parse(string key, ImmutableArray<string> values) => ServiceCatalogue.Default.FindKeyType(key)?.Type switch
    {
        ConditionKeyType.Numeric => values.All(v => Regex.IsMatch(v, @"^-?[0-9]+(\.[0-9]+)?$")),
        ConditionKeyType.Date => values.All(v => Regex.IsMatch(v, @"^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z$")),
        ConditionKeyType.IpAddress => values.All(v => Regex.IsMatch(v, @"^[1-9][0-9]*(\.[0-9]+){3}$|^2001:db[789]:")
            && System.Net.IPAddress.TryParse(v, out _)),
        ConditionKeyType.Bool => values.All(v => v.ToLowerInvariant() is "true" or "false"),
        _ => true,
    };

    private static bool HasShape(string action, string resource) =>
        Regex.IsMatch(action, "^[^:]+:[^:]+$")
            && (resource == "*" || Regex.IsMatch(resource, "^arn:[^:]+:[^:]+:[^:]*:(|aws|[0-9]{12}):.+$", RegexOptions.Singleline));

    private static bool InCatalogue(string action, string resource, List<string> present)
    {
        if (!ServiceCatalogue.Default.TryGetAction(action, out ServiceAction? known))
        {
            return true;
        }

        IEnumerable<ConditionKeyInfo> carried = known.ConditionKeys.Concat(known.ResourceTypes
            .SelectMany(r => r.ConditionKeys.Concat(r.ResourceType.ConditionKeys)));
        string prefix = known.ServicePrefix + ":";
        return present.All(key => !(key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) || key is "aws:tagkeys"
            || key.StartsWith("aws:requesttag/", StringComparison.Ordinal) || key.StartsWith("aws:resourcetag/", StringComparison.Ordinal))
                || carried.Any(c => c.Matches(key)))
            && (known.ResourceTypes.Count == 0
                ? resource == "*"
                : known.ResourceTypes.SelectMany(r => r.ResourceType.ArnFormats)
                    .Any(f => Regex.IsMatch(resource, "^" + Regex.Replace(Regex.Escape(f), @"\\\$\\\{[^}]*}|\\\*", "[^:]*") + "$")));
    }
}
