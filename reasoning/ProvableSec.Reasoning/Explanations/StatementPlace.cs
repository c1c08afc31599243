using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Explanations;

/// <summary>Where a statement stands, in words.</summary>
internal static class StatementPlace
{
    public static string Of(PolicyDocument document, Statement statement, TextRange token) =>
        $"{FileLine(document, token)} · statement {statement.Index}{(statement.Sid is { Length: > 0 } sid ? $" \"{sid}\"" : "")}";

    public static string FileLine(PolicyDocument document, TextRange token)
    {
        int line = document.Source.PositionOf(token.Start).Line;
        return document.Source.Name.Length > 0 ? $"{document.Source.Name}:{line}" : $"line {line}";
    }
}
