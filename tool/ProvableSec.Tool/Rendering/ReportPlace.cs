using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Replay;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Rendering;

/// <summary>Where a report points an editor or a pull request to: the deciding statement, or the property itself.</summary>
/// <param name="File">The file, as messages write it; empty when there is none.</param>
/// <param name="Start">The first character.</param>
/// <param name="End">The place behind the last one.</param>
internal readonly record struct ReportPlace(string File, LinePosition Start, LinePosition End)
{
    public static ReportPlace Of(VerdictReport report)
    {
        if (report.Recorded is { } recorded)
        {
            return new ReportPlace(recorded.File, recorded.Start, recorded.End);
        }

        if (report is { Answer: { Witness: { } witness } answer, Query: { } query })
        {
            var probe = new StatementProbe(witness, PolicyStack.Empty with { Organization = query.Subject.Stack?.Organization });
            Because? deciding = answer.Because.Where(because => because.Statement is not null).OrderBy(Surprise).FirstOrDefault();
            if (deciding is { Document: { } document, Statement: { } statement } && document.Source.Name.Length > 0)
            {
                return Of(document.Source, DecidingToken.Of(statement, witness.Request, probe).Span);
            }
        }
        else if (report.Answer?.Because.FirstOrDefault(because => because is { Statement: not null, Document.Source.Name.Length: > 0 }) is { } blocker)
        {
            return Of(blocker.Document!.Source, blocker.Statement!.Action.NameSpan);
        }
        else if (report.Problems is [var problem, ..])
        {
            return new ReportPlace(problem.File, problem.Position, problem.Position);
        }

        return new ReportPlace(report.File, report.Position, report.Position);
    }

    public static ReportPlace Of(DocumentText source, TextRange span) => new(source.Name, source.PositionOf(span.Start), source.PositionOf(span.End));

    /// <summary>What denies before what grants, and what grants before what merely lets through.</summary>
    private static int Surprise(Because because) => because switch
    {
        { Statement.Effect: Effect.Deny } => 0,
        { Slot: var slot } when slot is not { } place || PolicyLayers.Of(place.Layer).Grants => 1,
        _ => 2,
    };
}
