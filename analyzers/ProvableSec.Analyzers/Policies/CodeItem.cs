using Microsoft.CodeAnalysis;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Analyzers.Policies;

/// <summary>One text of a statement: what an expression gives, or what an object stands for.</summary>
/// <param name="At">Where the code says it.</param>
/// <param name="Text">What it is; null for the value of the expression.</param>
internal readonly record struct CodeItem(IOperation At, string? Text = null)
{
    /// <summary>What is not known.</summary>
    public static CodeItem Unknown(IOperation at) => new(at, UnknownText.Mark.ToString());

    public void Write(JsonOfCode json)
    {
        if (Text is null)
        {
            json.Value(At);
        }
        else
        {
            json.Text(Text, Place);
        }
    }

    public TextRange Place => JsonOfCode.SpanOf(At);
}
