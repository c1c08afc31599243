using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Testing.Coverage;

/// <summary>How often requests met a statement, and each of its conditions from both sides.</summary>
internal sealed class CoveredStatement(PolicyDocument document, Statement statement)
{
    /// <summary>The policy.</summary>
    public PolicyDocument Document => document;

    /// <summary>The statement.</summary>
    public Statement Statement => statement;

    /// <summary>Requests that it matched.</summary>
    public int Matched { get; set; }

    /// <summary>For each condition, requests of its actions and resources that met it, and that did not.</summary>
    public (int Met, int Unmet)[] Conditions { get; } = new (int, int)[statement.Conditions.Length];

    /// <summary>What a reader calls it.</summary>
    public string Place =>
        $"{document.Source.Name}:{LineOf(statement.Action.NameSpan)} · statement {statement.Index}"
            + $"{(statement.Sid is { Length: > 0 } sid ? $" \"{sid}\"" : "")}";

    /// <summary>The line of some characters.</summary>
    public int LineOf(TextRange span) => document.Source.PositionOf(span.Start).Line;
}
