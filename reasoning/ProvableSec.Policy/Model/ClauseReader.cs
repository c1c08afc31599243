using System.Collections.Immutable;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Model;

/// <summary>Reads who, what and on what of a statement: its principals, actions and resources.</summary>
/// <param name="variables">True where <c>${</c> begins a variable.</param>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class ClauseReader(bool variables, PolicyProblems problems)
{
    /// <summary>The patterns of Action or NotAction.</summary>
    public ImmutableArray<PolicyPattern> Actions(JsonItem value, string name)
    {
        var patterns = ImmutableArray.CreateBuilder<PolicyPattern>(Math.Max(1, value.Count));
        foreach (JsonItem item in problems.Items(value, name, "so the statement has no effect"))
        {
            string text = item.Text;
            if (text != "*" && !ActionSyntax.IsPattern(text))
            {
                if (ActionSyntax.WhyItMatchesNothing(text) is { } why)
                {
                    problems.Report(item, ProblemCode.ImpossibleAction, why);
                }
                else
                {
                    problems.Report(item, ProblemCode.InvalidAction,
                        $"\"{Excerpt.Of(text)}\" is not an action; expected \"*\" or \"service:Name\", such as \"s3:GetObject\"");
                }
            }

            patterns.Add(PolicyPattern.Plain(text, item.Span));
        }

        return patterns.ToImmutable();
    }

    /// <summary>The patterns of Resource or NotResource.</summary>
    public ImmutableArray<PolicyPattern> Resources(JsonItem value, string name)
    {
        var patterns = ImmutableArray.CreateBuilder<PolicyPattern>(Math.Max(1, value.Count));
        foreach (JsonItem item in problems.Items(value, name, "so the statement has no effect"))
        {
            string text = item.Text;
            if (!LooksLikeArn(text))
            {
                problems.Report(item, ProblemCode.InvalidArn,
                    $"\"{Excerpt.Of(text)}\" is not a resource; expected \"*\" or an ARN, arn:partition:service:region:account:resource");
            }

            int unclosed = -1;
            patterns.Add(variables ? PolicyPattern.ResourceWithVariables(text, item.Span, out unclosed) : PolicyPattern.Plain(text, item.Span));
            problems.Unclosed(item, unclosed);
        }

        return patterns.ToImmutable();
    }

    /// <summary>True when some text that begins with <c>arn:</c> could match: a wildcard may stand for any part of that beginning.</summary>
    private static bool LooksLikeArn(string text)
    {
        const string Beginning = "arn:";
        for (int i = 0; i < Beginning.Length; i++)
        {
            if (i < text.Length && text[i] == '*')
            {
                return true;
            }

            if (i == text.Length || (text[i] != '?' && text[i] != Beginning[i]))
            {
                // API Gateway completes execute-api:/stage/… itself.
                return text.StartsWith("execute-api:/", StringComparison.Ordinal);
            }
        }

        return true;
    }

    /// <summary>The entries of Principal or NotPrincipal.</summary>
    public ImmutableArray<PrincipalEntry> Principals(JsonItem value, string name)
    {
        var entries = ImmutableArray.CreateBuilder<PrincipalEntry>();
        switch (value.Kind)
        {
            case JsonKind.String when value.Text == "*":
                entries.Add(new PrincipalEntry(PrincipalEntryKind.Everyone, "*", value.Span));
                break;
            case JsonKind.String:
                problems.Report(value, ProblemCode.BarePrincipal, $"{name} is read as {{\"AWS\": …}}; AWS accepts a bare string only as \"*\"");
                entries.Add(new PrincipalEntry(PrincipalEntryKind.Aws, value.Text, value.Span));
                break;
            case JsonKind.Object:
                foreach (JsonMember property in value.Properties())
                {
                    PrincipalEntryKind? kind = property.Name switch
                    {
                        "AWS" => PrincipalEntryKind.Aws,
                        "Service" => PrincipalEntryKind.Service,
                        "Federated" => PrincipalEntryKind.Federated,
                        "CanonicalUser" => PrincipalEntryKind.CanonicalUser,
                        _ => null,
                    };
                    if (kind is not { } known)
                    {
                        problems.Unknown(property, name, "AWS, Service, Federated, CanonicalUser");
                        continue;
                    }

                    foreach (JsonItem item in problems.Items(property.Value, property.Name, ""))
                    {
                        entries.Add(new PrincipalEntry(known, item.Text, item.Span));
                    }
                }

                if (value.Count == 0)
                {
                    problems.Report(value, ProblemCode.EmptyList, $"{name} names nobody, so the statement has no effect");
                }

                break;
            default:
                problems.WrongType(value, name, "\"*\" or an object");
                break;
        }

        return entries.ToImmutable();
    }
}
