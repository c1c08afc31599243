using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Analyzers.Policies;

/// <summary>
/// A text that the code goes on to fill in, where it is written down or through the name that it is given: what takes the place of a token or of <c>{0}</c> is
/// unknown text.
/// </summary>
internal static class FilledIn
{
    private const int MostSteps = 2;

    /// <summary>The text as the calls leave it that take it: <c>string.Format</c>, <c>AppendFormat</c>, <c>Replace</c>.</summary>
    /// <param name="operation">What gives the text.</param>
    /// <param name="text">The text.</param>
    public static MappedText Of(IOperation operation, MappedText text) => Of(operation, text, 0);

    private static MappedText Of(IOperation operation, MappedText text, int step)
    {
        IOperation value = operation;
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
        {
            value = value.Parent;
        }

        if (value.Parent is IArgumentOperation
            {
                Parameter.Name: "format",
                Parent: IInvocationOperation { TargetMethod.Name: "Format" or "AppendFormat" or "Parse" }
            })
        {
            return Formatted(text);
        }

        if (value.Parent is IArgumentOperation
            {
                Parameter.Name: "input",
                Parent: IInvocationOperation { TargetMethod: { Name: "Replace", ContainingType.Name: "Regex" } }
            })
        {
            return Unknown(text);
        }

        // A builder holds the text until it is asked for it.
        if (value.Parent is IArgumentOperation { Parent: IObjectCreationOperation { Type.Name: "StringBuilder" } builder })
        {
            value = builder;
        }

        while (value.Parent is IInvocationOperation
            {
                TargetMethod:
                {
                    Name: "Replace",
                    ContainingType: { SpecialType: SpecialType.System_String } or { Name: "StringBuilder" }
                }
            } call && call.Instance == value)
        {
            text = ReplacedBy(call, text);
            value = call;
        }

        return step < MostSteps && NameOf(value) is { } name
            ? PolicyUses.Of(name).Where(IsFilled).Aggregate(text, (filled, use) => Of(use, filled, step + 1))
            : text;
    }

    /// <summary>The name that the code gives a value: of a local, a constant, a field or a property.</summary>
    private static ISymbol? NameOf(IOperation value) => value.Parent switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => local,
        IFieldInitializerOperation { InitializedFields: [var field, ..] } => field,
        IPropertyInitializerOperation { InitializedProperties: [var property, ..] } => property,
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } set when set.Value == value => local,
        _ => null,
    };

    /// <summary>Whether a use is one that fills the text in, or hands it to another name that may be.</summary>
    private static bool IsFilled(IOperation use) => use.Parent is IArgumentOperation or IInvocationOperation { TargetMethod.Name: "Replace" };

    private static MappedText ReplacedBy(IInvocationOperation call, MappedText text)
    {
        IOperation? token = call.Arguments.FirstOrDefault()?.Value;
        return token?.ConstantValue is { HasValue: true, Value: { } known } ? known.ToString() is { Length: > 0 } replaced
            && replaced.Any(c => !char.IsWhiteSpace(c)) ? Replaced(text, replaced) : text
            : token is IPropertyReferenceOperation { Property.Name: "NewLine" } ? text
            : Unknown(text);
    }

    /// <summary>Nothing is known of what becomes of it.</summary>
    private static MappedText Unknown(MappedText text) => new MappedTextBuilder().Add(UnknownText.Mark.ToString(),
        text.SourceOf(new TextRange(0, text.Text.Length))).Build();

    /// <summary>A composite format: doubled braces are braces, <c>{0}</c> is what is put in.</summary>
    private static MappedText Formatted(MappedText text)
    {
        var filled = new MappedTextBuilder();
        string format = text.Text;
        int lastClose = format.LastIndexOf('}');
        for (int i = 0; i < format.Length; i++)
        {
            bool isDoubled = i + 1 < format.Length && format[i + 1] == format[i];
            int close = i < lastClose && format[i] == '{' && !isDoubled ? format.IndexOf('}', i) : -1;
            int length = close > 0 ? close + 1 - i : format[i] is '{' or '}' && isDoubled ? 2 : 1;
            filled.Add(close > 0 ? UnknownText.Mark.ToString() : format[i].ToString(), text.SourceOf(new TextRange(i, length)));
            i += length - 1;
        }

        return filled.Build();
    }

    private static MappedText Replaced(MappedText text, string token)
    {
        int at = text.Text.IndexOf(token, StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        var filled = new MappedTextBuilder();
        for (int i = 0; i < text.Text.Length; i++)
        {
            if (i == at)
            {
                filled.Add(UnknownText.Mark.ToString(), text.SourceOf(new TextRange(i, token.Length)));
                i += token.Length - 1;
                at = text.Text.IndexOf(token, i + 1, StringComparison.Ordinal);
            }
            else
            {
                filled.Add(text.Text[i].ToString(), text.SourceOf(new TextRange(i, 1)));
            }
        }

        return filled.Build();
    }
}
