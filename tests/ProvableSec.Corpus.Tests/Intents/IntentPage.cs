using System.Text;

namespace ProvableSec.Corpus.Tests.Intents;

/// <summary>The part of docs/org-policy-examples.md that is made from the intents and their answers.</summary>
internal static class IntentPage
{
    private const string Start = "<!-- from the answers: begin -->\n", End = "<!-- from the answers: end -->\n";

    public static readonly string File = Repository.Path("docs/org-policy-examples.md");

    /// <summary>A page with its part made anew.</summary>
    public static string With(string page, IReadOnlyCollection<AskedIntent> asked)
    {
        int start = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length, end = page.IndexOf(End, StringComparison.Ordinal);
        return page[..start] + Made(asked) + page[end..];
    }

    /// <summary>A page without the requests that show its refutations: of several such requests the prover may come to find another one.</summary>
    public static string WithoutRequests(string page) => string.Join('\n', page.Split('\n').Where(line => !line.StartsWith("  `", StringComparison.Ordinal)));

    private static string Made(IReadOnlyCollection<AskedIntent> asked)
    {
        var text = new StringBuilder("\n## Counted\n\n| examples | documents | claims | proved | refuted |\n| --- | ---: | ---: | ---: | ---: |\n");
        foreach (IGrouping<string, AskedIntent> theme in asked.GroupBy(a => a.Intent.Theme))
        {
            text.Append($"| {theme.Key} | {Counts(theme)} |\n");
        }

        text.Append($"| all | {Counts(asked)} |\n\n## Refuted\n");
        foreach (IGrouping<string, AskedIntent> theme in asked.Where(a => a.Intent.Why.Length > 0).GroupBy(a => a.Intent.Theme))
        {
            text.Append($"\n### {theme.Key}\n");
            foreach (IGrouping<string, AskedIntent> policy in theme.GroupBy(a => a.Intent.Path))
            {
                text.Append($"\n`{policy.Key}`\n\n");
                foreach (AskedIntent broken in policy)
                {
                    text.Append($"- **{broken.Intent.Says}** {broken.Intent.Why}\n");
                    if (broken.Witness is not null)
                    {
                        text.Append($"  `{broken.Request()}`\n");
                    }
                }
            }
        }

        return text.Append('\n').ToString();
    }

    private static string Counts(IEnumerable<AskedIntent> asked)
    {
        AskedIntent[] all = [.. asked];
        int proved = all.Count(a => a.Verdict == "holds");
        return $"{all.Select(a => a.Intent.Path).Distinct().Count()} | {all.Length} | {proved} | {all.Length - proved}";
    }
}
