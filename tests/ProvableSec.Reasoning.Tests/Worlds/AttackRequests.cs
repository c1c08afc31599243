using System.Collections.Immutable;
using System.Text;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Tests.Proving;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Tests.Worlds;

/// <summary>
/// Requests made of what the documents of a question say, and of near misses of it, in the free world; in the world of AWS those that the validator lets
/// through. Keys that follow from others are mostly left to follow, so that many do.
/// </summary>
internal sealed class AttackRequests
{
    private static readonly string[] Follow =
    [
        "aws:principalarn", "aws:principalaccount", "aws:principaltype", "aws:username", "aws:principalisawsservice", "aws:principalservicename",
            "aws:resourceaccount",
    ];

    private static readonly string[] FromServices = ["aws:principalservicenameslist", "aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid",
        "aws:sourceorgpaths", "aws:sourceowner"];

    private static readonly string[] OfEndpoint = ["aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip", "aws:sourcevpcarn", "aws:vpceaccount", "aws:vpceorgid",
        "aws:vpceorgpaths"];

    private static readonly string[] Fillings = ["", "a", "b", "x", "a/b", "*"], Accounts = [RandomScene.Home, RandomScene.Neighbor, RandomScene.Outside];

    private readonly Query query;
    private readonly Random random;
    private readonly WitnessValidator validator;
    private readonly PolicyStack stack;
    private readonly RandomCallers callers;
    private readonly bool throughEndpoint;
    private readonly List<string> actions = ["s3:GetObject", "sts:AssumeRole", "kms:Decrypt", "new:Action"];
    private readonly List<string> resources =
    [
        "*", "arn:aws:s3:::b/a", "arn:aws:iam::111122223333:role/r", "arn:aws:kms:us-east-1:111122223333:key/k", "arn:aws:kms:us-east-1:777788889999:key/k",
            "arn:aws:ssm:us-east-1::parameter/aws/service/a",
        "arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:s3::111122223333:accesspoint/a.mrap", "arn:aws:new:us-east-1:111122223333:thing/a",
    ];

    private readonly SortedDictionary<string, List<string>> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> withSets = new(StringComparer.Ordinal);

    public AttackRequests(Query query, WitnessValidator validator, Random random)
    {
        this.query = query;
        this.random = random;
        this.validator = validator;
        PolicyDocument[] documents = [.. Agreement.Documents(query)];
        stack = query.Subject.Stack ?? PolicyStack.Empty;
        callers = new RandomCallers(query, documents);
        throughEndpoint = ((Subject?[])[query.Subject, query.Baseline]).Any(s => s?.Stack is { VpcEndpointPolicies.IsDefaultOrEmpty: false });
        foreach (string key in QuestionWorld.KeysAsked(query))
        {
            values[key] = [];
        }

        foreach (Statement statement in documents.SelectMany(d => d.Statements))
        {
            // What is said is tried more often than what it happens to go with.
            actions.AddRange(statement.Action.Patterns.Select(p => p.Text).SelectMany(t => (string[])[t, t, t]));
            resources.AddRange((statement.Resource?.Patterns ?? []).Select(p => p.Text).SelectMany(t => (string[])[t, t, t]));
            foreach (Condition condition in statement.Conditions)
            {
                values[condition.FoldedKey].AddRange(condition.Values.Select(v => v.Text));
                if (condition.Operator.Set != SetOperator.None)
                {
                    withSets.Add(condition.FoldedKey);
                }
            }
        }
    }

    /// <summary>A request that the question speaks of and that AWS could send, or null when what was drawn is none.</summary>
    public AccessRequest? Next()
    {
        string action = Given(query.Request.Action) ?? Action(Pick(actions));
        string resource = Given(query.Request.Resource) ?? NearMiss(Resource(Pick(resources)));
        if (callers.Next(random, Text) is not { } caller || action.IndexOf(':', StringComparison.Ordinal) is <= 0 || resource.Length == 0)
        {
            return null;
        }

        bool hasAccount = caller.Kind is not (PrincipalKind.Anonymous or PrincipalKind.Service or PrincipalKind.Federated);
        if (query.World == World.Aws && hasAccount && query.Request.Resource is null && resource.StartsWith("arn:", StringComparison.Ordinal)
            && resource.Split(':') is var fields)
        {
            // Between partitions nothing is allowed, so that only what lies in the caller's is worth a try.
            fields[1] = caller.Partition;
            resource = string.Join(':', fields);
        }

        string? named = resource.Split(':', 6) is { Length: 6 } arn && arn[4].Length == 12 ? arn[4] : null;
        string? owner = query.Request.ResourceAccount ?? (named is null && resource != "*" && random.Next(3) == 0 ? Pick(Accounts) : named is null
            && !hasAccount ? RandomScene.Home : null);
        var request = new AccessRequest(caller, action, resource, owner, []);
        request = request with { Context = Context(request, hasAccount, owner ?? named ?? (hasAccount ? caller.Account : RandomScene.Home)) };
        return Completes(request) && (query.World == World.Free || validator.IsPossible(request)) ? request : null;
    }

    private ImmutableArray<ContextEntry> Context(AccessRequest request, bool hasAccount, string owner)
    {
        CallerPrincipal caller = request.Principal;
        bool session = caller.Kind is PrincipalKind.Role or PrincipalKind.AssumedRole, service = caller.Kind == PrincipalKind.Service;
        bool isAwsPrincipal = hasAccount || service;
        var context = ImmutableArray.CreateBuilder<ContextEntry>();
        var chosen = new Dictionary<string, string[]>(StringComparer.Ordinal);

        // Through an endpoint, from an address, or by a service, where all of it is free.
        bool forwarded = service || (isAwsPrincipal && random.Next(4) == 0), endpoint = throughEndpoint || random.Next(3) == 0, wild = random.Next(12) == 0;
        bool mfa = random.Next(2) == 0, tagged = random.Next(2) == 0, inOrganization = random.Next(2) == 0;
        string org = Pick([.. Pool("aws:principalorgid").Concat(Pool("aws:resourceorgid")).Append("o-a").Append("o-b").Select(Text).Where(t => t.Length > 0)]);
        foreach (string key in values.Keys)
        {
            string[]? drawn = wild ? Drawn(key, random.Next(3) > 0) : Sent(key);
            List<FieldPattern> given = [.. query.Request.Context.Where(g => g.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Select(g => g.Value)];
            if (given.Count > 0 && drawn is not null)
            {
                drawn = given.Any(g => g.IsAbsent) ? [] : [.. given.Select(g => Given(g)!).Distinct(StringComparer.Ordinal)];
            }

            if (drawn is not null)
            {
                chosen[key] = drawn;
                context.Add(new ContextEntry(key, key, [.. drawn]));
            }
        }

        if (caller.Kind == PrincipalKind.AssumedRole && !chosen.ContainsKey("aws:principalarn") && random.Next(2) == 0)
        {
            context.Add(new ContextEntry("aws:PrincipalArn", "aws:principalarn", [$"arn:{caller.Partition}:iam::{caller.Account}:role/{(random.Next(3) == 0 && callers.MayBeServiceLinked ? "aws-service-role/x.amazonaws.com/" : "team/")}{caller.Path}"]));
        }

        return context.ToImmutable();

        string[]? Sent(string key)
        {
            switch (key)
            {
                case "aws:securetransport":
                    return Drawn(key, true);
                case "aws:viaawsservice":
                    return [forwarded && !service ? "true" : "false"];
                case "aws:currenttime" or "aws:epochtime" when chosen.ContainsKey("aws:currenttime"):
                    return null;
                case "aws:currenttime" or "aws:epochtime" or "aws:requestedregion" or "aws:useragent":
                    return Drawn(key, true);
                case "aws:userid":
                    return caller.Kind == PrincipalKind.User
                        ? [Pick([.. Pool(key).Select(Text).Where(t => t.StartsWith("AIDA", StringComparison.Ordinal) && t.Length > 4).Append("AIDAEXAMPLE")])]
                        : session ? [Pick([.. Pool(key).Select(Text).Where(t => t.StartsWith("AROA", StringComparison.Ordinal))
                            .Append("AROAEXAMPLE:a")]) is var id && id.Contains(':', StringComparison.Ordinal) && caller.Session.Length == 0 ? id
                            : $"{id.Split(':')[0]}:{(caller.Session.Length > 0 ? caller.Session : "a")}"]
                        : isAwsPrincipal || caller.Kind == PrincipalKind.Anonymous ? null : [];
                case "aws:principalorgid" or "aws:principalorgpaths":
                    return !hasAccount ? [] : Organization(key, caller.Account);
                case "aws:resourceorgid" or "aws:resourceorgpaths":
                    return Organization(key, owner);
                case "aws:tokenissuetime":
                    return caller.Kind == PrincipalKind.Root || !hasAccount ? [] : session || caller.Kind == PrincipalKind.FederatedUser ? Drawn(key, true)
                        : Drawn(key, random.Next(2) == 0);
                case "aws:multifactorauthpresent":
                    return !hasAccount ? [] : mfa ? ["true"] : random.Next(2) == 0 ? ["false"] : [];
                case "aws:multifactorauthage":
                    return Drawn(key, mfa && hasAccount);
                case "aws:calledvia" or "aws:calledviafirst" or "aws:calledvialast":
                    return Drawn(key, forwarded && !service && random.Next(3) > 0);
                case "aws:tagkeys":
                    return tagged || values.Keys.Any(k => k.StartsWith("aws:requesttag/", StringComparison.Ordinal)) ? null : Drawn(key, random.Next(2) == 0);
                case "aws:sourceip":
                    return Drawn(key, forwarded ? random.Next(2) == 0 : !endpoint);
                case "s3:resourceaccount":
                    return request.Action.StartsWith("s3:", StringComparison.OrdinalIgnoreCase) ? [owner] : [];
                case "kms:calleraccount":
                    return request.Action.StartsWith("kms:", StringComparison.OrdinalIgnoreCase) && hasAccount ? [caller.Account] : [];
                default:
                    return Follow.Contains(key) ? null
                        : FromServices.Contains(key) ? Drawn(key, service && random.Next(3) > 0)
                        : OfEndpoint.Contains(key) ? Drawn(key, forwarded ? random.Next(2) == 0 : endpoint)
                        : key.StartsWith("aws:principaltag/", StringComparison.Ordinal) && !isAwsPrincipal ? []
                        : key.IndexOf(":resourcetag/", StringComparison.Ordinal) is > 0 and var at
                            && chosen.FirstOrDefault(c => c.Key.EndsWith(key[at..], StringComparison.Ordinal)).Value is { } same ? same
                        : Drawn(key, random.Next(3) > 0);
            }
        }

        string[]? Organization(string key, string account) => stack.Organization?.Accounts.ContainsKey(account) == true ? null
            : stack.Organization?.ManagementAccount == account ? (key.EndsWith("id", StringComparison.Ordinal) ? null : ["o-a/r-a/"])
            : !inOrganization || org == stack.Organization?.Id ? []
            : key.EndsWith("id", StringComparison.Ordinal) ? [org]
            : [Pick([.. Pool(key).Select(Text).Where(t => t.StartsWith(org + "/", StringComparison.Ordinal)).Append(org + "/r-z/")])];
    }

    /// <summary>Values that the documents name for a key, or near misses; of keys with a type such as have it.</summary>
    private string[] Drawn(string key, bool isSent)
    {
        if (!isSent)
        {
            return [];
        }

        ConditionKeyInfo? known = ServiceCatalogue.Default.FindKeyType(key);
        int count = known?.IsMultivalued ?? withSets.Contains(key) ? random.Next(1, 4) : 1;
        string[] drawn = new string[count];
        for (int i = 0; i < count; i++)
        {
            List<string> pool = Pool(key);
            drawn[i] = known?.Type switch
            {
                ConditionKeyType.Bool => Pick(["true", "false"]),
                ConditionKeyType.Numeric => Pick([.. pool, "0", "1", "2", "11", "3601"]),
                ConditionKeyType.Date => Pick([.. pool, "2026-10-01T00:00:00Z", "2027-01-01T00:00:00Z", "2031-01-01T00:00:00Z", "2019-01-01T00:00:00Z",
                    "2026-01-01T00:00:01Z"]),
                ConditionKeyType.IpAddress => Pick([.. pool.Select(p => p.Split('/')[0]), "203.0.113.9", "198.51.100.1", "192.0.2.1", "2001:db8::1",
                    "2001:db9::1"]),
                ConditionKeyType.Arn => Resource(Pick([.. pool, "arn:aws:s3:::b", "arn:aws:iam::111122223333:role/r"])),
                _ => pool.Count == 0 || random.Next(5) == 0 ? Pick(["a", "b", "x", "o-z", "us-east-1", "eu-west-1", .. Accounts]) : NearMiss(Text(Pick(pool))),
            };
        }

        return [.. drawn.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether a request is a completion of the partial one.</summary>
    private bool Completes(AccessRequest request)
    {
        foreach (KeyValuePair<string, FieldPattern> given in query.Request.Context)
        {
            ImmutableArray<string> sent = Evaluator.ValuesOf(given.Key, stack, request);
            if (given.Value.IsAbsent ? !sent.IsEmpty : !sent.Any(v => Agreement.Fits(given.Value, v, fold: false)))
            {
                return false;
            }
        }

        return Agreement.Fits(query.Request.Action, request.Action, fold: true) && Agreement.Fits(query.Request.Resource, request.Resource, fold: false);
    }

    private List<string> Pool(string key) => values.TryGetValue(key, out List<string>? pool) ? pool : [];

    private string? Given(FieldPattern? field) => field is null ? null
        : random.Next(field.Literals.Length + field.Like.Length) is var i && i < field.Literals.Length ? field.Literals[i]
            : field.Like[i - field.Literals.Length] is var like && like.StartsWith("arn:", StringComparison.Ordinal) ? Resource(like) : Action(like);

    /// <summary>An action that a pattern matches: a real one where the service is known.</summary>
    private string Action(string pattern)
    {
        string[] parts = pattern.Split(':', 2);
        if (parts.Length == 2 && pattern.IndexOfAny(['*', '?']) >= 0 && ServiceCatalogue.Default.TryGetService(parts[0], out Service? service))
        {
            string[] matching = [.. service.Actions.Where(a => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(parts[1], a.Name, ignoreCase: true))
                .Select(a => a.FullName)];
            if (matching.Length > 0 && random.Next(6) > 0)
            {
                return Pick(matching);
            }
        }

        return pattern is "*" or "**" ? Pick(["s3:GetObject", "sts:AssumeRole", "iam:PassRole", "ec2:RunInstances", "new:Action"])
            : Replaced(pattern, ["", "a", "b", "Object"]);
    }

    /// <summary>An ARN that a pattern matches: each field is filled with what stands in such a field.</summary>
    private string Resource(string pattern)
    {
        string[] fields = pattern.Split(':', 6);
        if (fields.Length < 6)
        {
            return pattern == "*" ? Pick([.. resources.Where(r => r != "*"), "*"]) is var other && other.Split(':').Length >= 6 ? Resource(other) : "*"
                : Text(pattern);
        }

        fields[1] = Replaced(fields[1], fields[1] == "*" ? ["aws", "aws", "aws-cn"] : ["", "-cn"]);
        fields[2] = Replaced(fields[2], fields[2] == "*" ? ["s3", "sqs"] : [""]);
        fields[3] = Replaced(fields[3], fields[3] == "*" ? ["us-east-1", "us-east-1", "eu-west-1", ""] : ["", "east-1"]);
        fields[4] = fields[4].Contains('*', StringComparison.Ordinal) ? Pick([.. Accounts, RandomScene.Home, "", "aws"]) : Text(fields[4]);
        fields[5] = Text(fields[5]);
        return string.Join(':', fields);
    }

    private string Text(string pattern) => pattern.StartsWith("arn:", StringComparison.Ordinal) && pattern.Split(':').Length > 5
        && pattern.Split(':', 6)[4] == "*" ? Resource(pattern) : Replaced(pattern, Fillings);

    private string NearMiss(string text) => text.Length < 2 ? text : random.Next(24) switch
    {
        0 => text[..^1],
        1 => text + "a",
        2 => text.ToUpperInvariant(),
        3 => text + "/a",
        _ => text
    };

    /// <summary>A pattern with its wildcards and variables replaced.</summary>
    private string Replaced(string pattern, string[] fillings)
    {
        if (pattern.AsSpan().IndexOfAny('*', '?', '$') < 0)
        {
            return pattern;
        }

        var text = new StringBuilder();
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '$' && pattern.IndexOf('}', i) is var close and > 0)
            {
                text.Append(Pick(["a", "b", "k", RandomScene.Home, "o-a"]));
                i = close;
            }
            else
            {
                text.Append(pattern[i] switch { '*' => Pick(fillings), '?' => Pick(["a", "b", "x"]), var c => c.ToString() });
            }
        }

        return text.ToString();
    }

    private string Pick(IReadOnlyList<string> items) => items[random.Next(items.Count)];
}
