using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;
using TextSpan = ProvableSec.Policy.Text.TextSpan;

namespace ProvableSec.Analyzers.Policies;

/// <summary>A text that the code goes on to fill in: what takes the place of a token or of <c>{0}</c> is unknown text.</summary>
internal static class FilledIn
{
    /// <summary>The text as the calls leave it that take it: <c>string.Format</c>, <c>AppendFormat</c>, <c>Replace</c>.</summary>
    /// <param name="operation">What gives the text.</param>
    /// <param name="text">The text.</param>
    public static MappedText Of(IOperation operation, MappedText text)
    {
        IOperation value = operation;
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
        {
            value = value.Parent;
        }

        if (value.Parent is IArgumentOperation { Parameter.Name: "format", Parent: IInvocationOperation { TargetMethod.Name: "Format" or "AppendFormat" or "Parse" } })
        {
            return Formatted(text);
        }

        while (value.Parent is IInvocationOperation { TargetMethod: { Name: "Replace", ContainingType.SpecialType: SpecialType.System_String } } call && call.Instance == value)
        {
            if (call.Arguments.FirstOrDefault()?.Value.ConstantValue is { HasValue: true, Value: { } token } && token.ToString() is { Length: > 0 } replaced)
            {
                text = Replaced(text, replaced);
            }

            value = call;
        }

        return text;
    }

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
            filled.Add(close > 0 ? UnknownText.Mark.ToString() : format[i].ToString(), text.SourceOf(new TextSpan(i, length)));
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
                filled.Add(UnknownText.Mark.ToString(), text.SourceOf(new TextSpan(i, token.Length)));
                i += token.Length - 1;
                at = text.Text.IndexOf(token, i + 1, StringComparison.Ordinal);
            }
            else
            {
                filled.Add(text.Text[i].ToString(), text.SourceOf(new TextSpan(i, 1)));
            }
        }

        return filled.Build();
    }
}
