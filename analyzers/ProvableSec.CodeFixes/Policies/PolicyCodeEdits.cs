using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ProvableSec.Analyzers.Policies;
using ProvableSec.Rules.Policies.Rewrites;

namespace ProvableSec.CodeFixes.Policies;

/// <summary>Changes of a policy as changes of the code that gives it.</summary>
internal static class PolicyCodeEdits
{
    /// <summary>The changes; null where one of them cannot be written there.</summary>
    public static IReadOnlyList<TextChange>? Of(SyntaxNode root, PolicyPlace place, PolicyRewrite rewrite)
    {
        var changes = new List<TextChange>();
        foreach (PolicyEdit edit in rewrite.Edits)
        {
            if (place.Policy.Text.CopiedFrom(edit.Span) is not { } span || Of(root, place, new PolicyEdit(span, edit.Text)) is not { } change)
            {
                return null;
            }

            changes.Add(change);
        }

        return changes;
    }

    private static TextChange? Of(SyntaxNode root, PolicyPlace place, PolicyEdit edit)
    {
        CodePolicy code = place.Code;
        TextSpan source = edit.Span.Length > 0
            ? code.SpanOf(edit.Span)
            : new TextSpan(code.SpanOf(new ProvableSec.Policy.Text.TextRange(Math.Max(0, edit.Span.Start - 1), 1)).End, 0);
        SyntaxToken token = root.FindToken(Math.Max(0, source.Length > 0 ? source.Start : source.Start - 1));
        if (IsText(token) && token.Span.Contains(source) && token.SpanStart < source.Start
            && (source.Start < token.Span.End || token.IsKind(SyntaxKind.InterpolatedStringTextToken)))
        {
            return new TextChange(source, Written(edit.Text, token));
        }

        // A value of an object is a literal of its own.
        if (IsText(token) && token.Span == source && edit.Text.IndexOf('\\') < 0 && edit.Text is ['"', .., '"'] or ['[', .., ']'])
        {
            // Texts without escapes are written alike in JSON and in C#.
            return new TextChange(source, edit.Text[0] == '[' ? $"new[] {{ {edit.Text.Substring(1, edit.Text.Length - 2)} }}" : edit.Text);
        }

        if (edit.Span.Length == 0 && edit.Span.Start < code.Text.Text.Length && code.Text.Text[edit.Span.Start] == '}'
            && place.Operation.SemanticModel is { } model)
        {
            return ObjectInsertion.At(model, code.SpanOf(new ProvableSec.Policy.Text.TextRange(edit.Span.Start, 1)).End, edit.Text);
        }

        string item = code.Text.Text.Substring(edit.Span.Start, edit.Span.Length).Trim(' ', ',');
        if (edit.Text.Length > 0 || item.Length == 0)
        {
            return null;
        }

        int at = code.Text.Text.IndexOf(item, edit.Span.Start, StringComparison.Ordinal);
        return Removal(root, code.SpanOf(new ProvableSec.Policy.Text.TextRange(at, item.Length)));
    }

    /// <summary>Leaves out one of several elements of an initializer or a list.</summary>
    private static TextChange? Removal(SyntaxNode root, TextSpan item)
    {
        for (SyntaxNode? node = root.FindToken(item.Start).Parent; node is not null && item.Contains(node.SpanStart); node = node.Parent)
        {
            TextSpan[]? elements = node.Parent switch
            {
                InitializerExpressionSyntax initializer when node is ExpressionSyntax => [.. initializer.Expressions.Select(element => element.Span)],
                CollectionExpressionSyntax collection => [.. collection.Elements.Select(element => element.Span)],
                AnonymousObjectCreationExpressionSyntax anonymous => [.. anonymous.Initializers.Select(element => element.Span)],
                _ => null,
            };
            int at = elements is null ? -1 : Array.IndexOf(elements, node.Span);
            if (at >= 0 && node.Span.Contains(item))
            {
                return elements!.Length < 2 ? null
                    : at + 1 < elements.Length ? new TextChange(TextSpan.FromBounds(elements[at].Start, elements[at + 1].Start), "")
                    : new TextChange(TextSpan.FromBounds(elements[at - 1].End, elements[at].End), "");
            }
        }

        return null;
    }

    private static bool IsText(SyntaxToken token) => token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken
        or SyntaxKind.MultiLineRawStringLiteralToken
        or SyntaxKind.Utf8StringLiteralToken or SyntaxKind.Utf8SingleLineRawStringLiteralToken or SyntaxKind.Utf8MultiLineRawStringLiteralToken
        or SyntaxKind.InterpolatedStringTextToken;

    /// <summary>A text as the literal that it comes into has it.</summary>
    private static string Written(string text, SyntaxToken token)
    {
        string begin = token.IsKind(SyntaxKind.InterpolatedStringTextToken) ? ((InterpolatedStringExpressionSyntax)token.Parent!.Parent!).StringStartToken.Text
            : token.Text;
        bool isInterpolated = token.IsKind(SyntaxKind.InterpolatedStringTextToken);
        if (begin.IndexOf("\"\"\"", StringComparison.Ordinal) is >= 0 and < 8)
        {
            // The JSON has lost the indentation that is left out of every line.
            int line = token.SyntaxTree!.GetText().Lines.GetLineFromPosition(End(token)).Start;
            return text.Replace("\n", "\n" + LiteralText.IndentationBefore(token.SyntaxTree.GetText().ToString(),
                FirstNonBlank(token.SyntaxTree.GetText(), line)));
        }

        text = begin.IndexOf('@') is 0 or 1 ? text.Replace("\"", "\"\"") : text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\r", "\\r")
            .Replace("\n", "\\n").Replace("\t", "\\t");
        return isInterpolated ? text.Replace("{", "{{").Replace("}", "}}") : text;
    }

    private static int End(SyntaxToken token) => token.IsKind(SyntaxKind.InterpolatedStringTextToken)
        ? ((InterpolatedStringExpressionSyntax)token.Parent!.Parent!).StringEndToken.Span.End : token.Span.End;

    private static int FirstNonBlank(SourceText text, int start)
    {
        while (start < text.Length && text[start] is ' ' or '\t')
        {
            start++;
        }

        return start;
    }
}
