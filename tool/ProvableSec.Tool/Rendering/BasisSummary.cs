using ProvableSec.Reasoning.Explanations;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Rendering;

/// <summary>What the proofs of a table rest on, each thing once with all that rest on it. The assumptions stand at the ends of the table's lines.</summary>
internal static class BasisSummary
{
    private const string Indent = "  ";

    /// <summary>At most this many names are listed; the other formats list all.</summary>
    private const int MostNames = 4;

    /// <summary>At most this many things of a kind are listed: of the accounts of an organization each has one of its own.</summary>
    private const int MostThings = 12;

    public static void Write(ExplanationText text, IEnumerable<VerdictReport> reports)
    {
        VerdictReport[] proofs = [.. reports.Where(report => VerdictBasis.IsProof(report.Answer))];
        Write(text, "given: ", proofs.SelectMany(report => report.GivenToEach.Where(each => !each.Given.IsEmpty)
            .Select(each => (string.Join(", ", each.Given), each.Stack ?? report.Id))));
        Write(text, "assumed: ", proofs.SelectMany(report => report.Answer!.Facts.Select(fact => (fact, report.Id))));
        Write(text, "stronger: ", proofs.Where(report => report.Answer!.Stronger is not null).Select(report => (report.Answer!.Stronger!, report.Id)));
    }

    private static void Write(ExplanationText text, string label, IEnumerable<(string Words, string Of)> all)
    {
        IGrouping<string, string>[] groups = [.. all.GroupBy(one => one.Words, one => one.Of)];
        foreach (IGrouping<string, string> group in groups.Take(MostThings))
        {
            string[] of = [.. group.Distinct()];
            string more = of.Length > MostNames ? $" and {of.Length - MostNames} more" : "";
            text.Paragraph(Indent, $"{group.Key} [{string.Join(", ", of.Take(MostNames))}{more}]", label);
            label = new string(' ', label.Length);
        }

        if (groups.Length > MostThings)
        {
            text.Paragraph(Indent, $"and {groups.Length - MostThings} more, which --format json lists", label);
        }
    }
}
