using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Stacks;
using ProvableSec.Testing.Claims;
using ProvableSec.Testing.Sources;

namespace ProvableSec.Testing.Failures;

/// <summary>A claim that failed.</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Text">The message.</param>
/// <param name="Places">The places in the policies, as lines of a stack trace.</param>
/// <param name="IsVacuous">True where the claim holds and says nothing.</param>
internal sealed record Failure(string Subject, string Text, string Places, bool IsVacuous = false)
{
    private const string Indent = "  ";

    /// <summary>A request shows that the claim is wrong.</summary>
    public static Failure Violated(PolicySubject subject, Claim claim, Variant variant, Query query)
    {
        Query explained = query with { Explain = true };
        Answer answer = Prover.Answer(explained);
        var text = new PlainText();
        text.Line($"{subject.Name} {claim.Sentence}, but {claim.Instead}{Where(variant.When)}.");
        text.Line();
        if (query.Question == Question.NoDeadStatement)
        {
            foreach (Because dead in answer.Because.Where(because => because is { Statement: not null, Document: not null }))
            {
                text.Write(Indent).Line(StatementPlace.Of(dead.Document!, dead.Statement!, dead.Statement!.Span));
                CodeFrame.Write(text, Indent + Indent, dead.Document!.Source, dead.Statement.Action.NameSpan, "");
            }

            text.Line(Indent + "Remove it, or change what covers it.");
        }
        else
        {
            new VerdictExplanation(text, Indent, explained, answer).Write();
        }

        foreach (string warning in answer.Warnings)
        {
            text.Paragraph(Indent, warning, "warning: ");
        }

        foreach (string unknown in subject.Unknown.Concat(subject.UnknownLimits))
        {
            text.Paragraph(Indent, unknown, "not known: ");
        }

        if (answer.Witness is { } witness && SimulateCase.Of(explained, witness, claim.IsOfPresence) is { } simulated)
        {
            text.Line();
            text.Line(Indent + "To repeat it: provablesec simulate FILE, with this line in FILE");
            text.Line(simulated);
        }

        return new Failure(subject.Name, text.ToString(), PlacesOf(answer));
    }

    /// <summary>The claim is neither proved nor refuted.</summary>
    public static Failure Unknown(PolicySubject subject, Claim claim, string when, string reason) =>
        new(subject.Name, $"{subject.Name} {claim.Sentence}, but that is not known{Where(when)}: {reason}.", "");

    /// <summary>The claim depends on values that are known only at deployment.</summary>
    public static Failure Open(PolicySubject subject, Claim claim, string when, IReadOnlyList<string> open, Query? query, Answer? answer)
    {
        var text = new PlainText();
        text.Line($"{subject.Name} {claim.Sentence}, but that depends on what is known only at deployment{Where(when)}:");
        foreach (string name in open)
        {
            text.Line(Indent + name);
        }

        string first = open[0].Split(' ')[0];
        text.Line(
            $"Say what it is: .With(\"{first}\", \"…\"){(open.Any(name => name.StartsWith("AWS::", StringComparison.Ordinal)) ? ", or .DeployedTo(\"111122223333\", \"eu-west-1\") for what begins with AWS::" : "")}.");
        if (query is not null && answer?.Witness is { } witness)
        {
            text.Line();
            text.Line("Otherwise this request decides:");
            WitnessText.WriteTable(text, "", witness, []);
        }

        return new Failure(subject.Name, text.ToString(), "");
    }

    /// <summary>The claim holds whatever the policies say.</summary>
    public static Failure Vacuous(PolicySubject subject, Claim claim, string when, string reason) =>
        new(subject.Name, $"{subject.Name} {claim.Sentence}, which holds but says nothing{Where(when)}: {reason}.", "", IsVacuous: true);

    /// <summary>Findings of rules.</summary>
    public static Failure Of(PolicySubject subject, string sentence, IReadOnlyList<FoundFinding> findings)
    {
        var text = new PlainText();
        text.Line($"{subject.Name} {sentence}, but {(findings.Count == 1 ? "there is one" : $"there are {findings.Count}")}.");
        foreach (FoundFinding found in findings)
        {
            text.Line();
            LinePosition at = found.Source.PositionOf(found.Finding.Span.Start);
            text.Line(
                $"{Indent}{found.Source.Name}:{at.Line} · {found.Finding.Severity.ToString().ToLowerInvariant()} {found.Finding.Rule.Id}: "
                    + $"{found.Finding.Message}");
            CodeFrame.Write(text, Indent + Indent, found.Source, found.Finding.Span, "");
            if (found.Finding.Witness is { } witness)
            {
                text.Line(Indent + "A request that gets through");
                WitnessText.WriteTable(text, Indent, witness, []);
            }

            text.Paragraph(Indent, found.Finding.Rule.Remedy);
        }

        return new Failure(subject.Name, text.ToString(),
            Lines(findings.Select(f => (f.Source.Name, f.Source.PositionOf(f.Finding.Span.Start).Line, f.Finding.Rule.Id))));
    }

    private static string Where(string when) => when.Length == 0 ? "" : $" (where {when})";

    /// <summary>As runtimes write the lines of a stack trace, which test windows turn into links.</summary>
    private static string PlacesOf(Answer answer) =>
        Lines(answer.Because.Where(b => b is { Statement: not null, Document: not null }).OrderBy(b => b.Statement!.Effect == Effect.Deny ? 0 : 1)
            .Select(b => (b.Document!.Source.Name, b.Document.Source.PositionOf(b.Statement!.Action.NameSpan.Start).Line,
            $"statement {b.Statement.Index}{(b.Statement.Sid is { Length: > 0 } sid ? $" \"{sid}\"" : "")}")));

    private static string Lines(IEnumerable<(string File, int Line, string What)> places) => string.Join(
        Environment.NewLine,
        places.Distinct().Where(p => TestFile.FullPathOf(p.File) is not null).Select(p => $"   at {p.What} in {TestFile.FullPathOf(p.File)}:line {p.Line}"));
}
