using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Callers;
using ProvableSec.Reasoning.Questions;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Witnesses;

/// <summary>Resources that say what they are, for the actions of witnesses; behind them those that the policies name.</summary>
/// <param name="query">The question.</param>
internal sealed class ExampleResources(Query query)
{
    // Of long policies the first few patterns will do.
    private const int MostNamed = 8;

    private readonly Dictionary<(string Service, string Partition, string Account), string[]> namedBefore = [];

    /// <summary>Resources for an action, the plainest first; the first of all is the one that the request has.</summary>
    public IEnumerable<string> For(ServiceAction action, AccessRequest request)
    {
        yield return request.Resource;
        if (query.Request.Resource is not null)
        {
            yield break;
        }

        if (action.ResourceTypes.Count == 0)
        {
            yield return "*";
            yield break;
        }

        // The caller's own account is the plainest owner, but no account is an outsider to its own resources.
        string[] accounts = query.Question == Question.NoPublicAccess && request.Principal.Account == QuestionCallers.SomeAccount
            ? [QuestionCallers.OtherAccount, QuestionCallers.SomeAccount] : request.Principal.Account is { Length: > 0 } callers
            ? request.ResourceAccount is { Length: > 0 } owner && owner != callers ? [callers, owner] : [callers]
            : [request.ResourceAccount is { Length: > 0 } only ? only : QuestionCallers.SomeAccount];
        string partition = request.Principal.Partition.Length > 0 ? request.Principal.Partition : "aws";
        string[] fields = request.Resource.Split([':'], 6);
        foreach (string account in accounts)
        {
            if (fields.Length == 6 && fields[4].Length == 0)
            {
                yield return $"arn:{fields[1]}:{fields[2]}:{fields[3]}:{account}:{fields[5]}";
                yield return $"arn:{fields[1]}:{fields[2]}:eu-west-1:{account}:{fields[5]}";
            }

            // The shortest name is the plainest kind: an object before an object behind an access point.
            foreach (ResourceTypeReference reference in action.ResourceTypes.OrderBy(r => r.ResourceType.Name.Length))
            {
                foreach (string format in reference.ResourceType.ArnFormats)
                {
                    yield return Example(format, partition, account);
                }
            }
        }

        (string, string, string) asked = (action.ServicePrefix, partition, accounts[0]);
        if (!namedBefore.TryGetValue(asked, out string[]? all))
        {
            // The actions of a service are tried one after the other.
            namedBefore.Add(asked, all = [.. Named(action.ServicePrefix, partition, accounts[0]).Distinct().Take(MostNamed)]);
        }

        foreach (string named in all)
        {
            yield return named;
        }
    }

    /// <summary>What the property and the policies name by a pattern, with an example in the place of each wildcard.</summary>
    private IEnumerable<string> Named(string service, string partition, string account)
    {
        // What the question forbids or requires comes first: a resource of it has to show the same.
        IEnumerable<PolicyDocument> documents = query.Property is { } property ? [property, .. query.Subject.Documents()] : query.Subject.Documents();
        foreach (Statement statement in documents.SelectMany(document => document.Statements))
        {
            foreach (string named in NamedBy(statement, service, partition, account, p => p.IsPlain && HasWildcard(p.Text) ? p.Text : null))
            {
                yield return named;
            }
        }
    }

    /// <summary>Resources that a statement names, with an example in the place of each wildcard.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="service">Of this service; null for any.</param>
    /// <param name="partition">What stands for any partition.</param>
    /// <param name="account">What stands for any account.</param>
    /// <param name="textOf">What a pattern names, with its wildcards; null for one that is left out.</param>
    public static IEnumerable<string> NamedBy(Statement statement, string? service, string partition, string account, Func<PolicyPattern, string?> textOf)
    {
        foreach (PolicyPattern pattern in statement.Resource is { IsNot: false } resource ? resource.Patterns : ImmutableArray<PolicyPattern>.Empty)
        {
            if (textOf(pattern)?.Split([':'], 6) is { Length: 6 } fields && (service is null || fields[2] == service))
            {
                yield return $"arn:{(fields[1] == "*" ? partition : fields[1])}:{fields[2]}:{(fields[3] == "*" ? "eu-west-1" : fields[3])}:"
                    + $"{(fields[4] == "*" ? account : fields[4])}:{fields[5].Replace("*", "example").Replace('?', 'x')}";
            }
        }
    }

    private static bool HasWildcard(string text) => text.IndexOf('*') >= 0 || text.IndexOf('?') >= 0;

    /// <summary>An ARN of a format, its parts named after what they are.</summary>
    private static string Example(string format, string partition, string account)
    {
        var text = new System.Text.StringBuilder();
        int colons = 0;
        for (int i = 0; i < format.Length; i++)
        {
            int close = format[i] == '$' && i + 1 < format.Length && format[i + 1] == '{' ? format.IndexOf('}', i) : -1;
            if (close < 0)
            {
                colons += format[i] == ':' ? 1 : 0;
                text.Append(format[i] != '*' ? format[i].ToString() : colons == 4 ? account : colons == 3 ? "eu-west-1" : "x");
                continue;
            }

            string name = format.Substring(i + 2, close - i - 2);
            text.Append(name switch
            {
                "Partition" => partition,
                "Account" => account,
                "Region" => "eu-west-1",
                "OrganizationId" => "o-a1b2c3d4e5",
                _ when colons == 4 || name.EndsWith("AccountId", StringComparison.Ordinal) => account,
                _ when colons == 2 => "ec2",
                _ => "example-" + name.ToLowerInvariant(),
            });
            i = close;
        }

        return text.ToString();
    }
}
