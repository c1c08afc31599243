using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Analyzers.Policies;

/// <summary>The text that an expression of strings gives, each character with its place in the code; what is not constant is unknown text.</summary>
internal static class CodeText
{
    private const int MostSteps = 3, LongestValue = 1 << 15;

    /// <summary>The text.</summary>
    /// <param name="operation">A literal, a concatenation or an interpolated string.</param>
    /// <param name="code">The text of its file.</param>
    public static MappedText Of(IOperation operation, string code) => Of(operation, code, 0);

    private static MappedText Of(IOperation operation, string code, int step)
    {
        var builder = new MappedTextBuilder();
        Add(operation, code, step, builder);
        return builder.Build();
    }

    private static void Add(IOperation operation, string code, int step, MappedTextBuilder builder)
    {
        switch (operation)
        {
            // In an editor a text may lack its end, or have an escape that there is not: then its parts are not where they would be.
            case { Syntax: LiteralExpressionSyntax or InterpolatedStringExpressionSyntax } when operation.Syntax.ContainsDiagnostics:
                builder.Add(ConstantOf(operation) ?? UnknownText.Mark.ToString(), SpanOf(operation.Syntax));
                break;
            case ILiteralOperation { Syntax: LiteralExpressionSyntax literal } when literal.Token.Value is string:
                LiteralText.Add(code, literal.Token.SpanStart, literal.Token.Span.End, builder);
                break;
            case IUtf8StringOperation { Syntax: LiteralExpressionSyntax literal }:
                LiteralText.Add(code, literal.Token.SpanStart, literal.Token.Span.End - "u8".Length, builder);
                break;
            case IParenthesizedOperation parenthesized:
                Add(parenthesized.Operand, code, step, builder);
                break;
            case IConversionOperation { Operand: var operand } when operation.Type?.SpecialType == SpecialType.System_String:
                Add(operand, code, step, builder);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum:
                // The compiler takes sums of any number of texts, which nest to the left.
                var right = new Stack<IOperation>();
                IOperation first = sum;
                while (first is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } nested)
                {
                    right.Push(nested.RightOperand);
                    first = nested.LeftOperand;
                }

                Add(first, code, step, builder);
                foreach (IOperation next in right)
                {
                    Add(next, code, step, builder);
                }

                break;
            case IInterpolatedStringOperation { Syntax: InterpolatedStringExpressionSyntax interpolated } whole:
                AddInterpolated(interpolated, whole, code, step, builder);
                break;
            default:
                builder.Add(ValueOf(operation, code, step), SpanOf(operation.Syntax));
                break;
        }
    }

    private static void AddInterpolated(InterpolatedStringExpressionSyntax interpolated, IInterpolatedStringOperation whole, string code, int step,
        MappedTextBuilder builder)
    {
        string begin = interpolated.StringStartToken.Text;
        string? indentation = interpolated.StringStartToken.IsKind(SyntaxKind.InterpolatedMultiLineRawStringStartToken)
            ? LiteralText.IndentationBefore(code, interpolated.StringEndToken.Span.End - interpolated.StringEndToken.Text.Count(c => c == '"')) : null;
        bool isRaw = begin.IndexOf("\"\"\"", StringComparison.Ordinal) >= 0;
        bool isVerbatim = begin.IndexOf('@') >= 0;
        foreach (IInterpolatedStringContentOperation part in whole.Parts)
        {
            if (part.Syntax is InterpolatedStringTextSyntax { TextToken: var text })
            {
                if (isRaw)
                {
                    LiteralText.AddRaw(code, text.SpanStart, text.Span.End, indentation, builder);
                }
                else
                {
                    LiteralText.AddEscaped(code, text.SpanStart, text.Span.End, isVerbatim, isInterpolated: true, builder);
                }
            }
            else if (part is IInterpolationOperation { FormatString: null, Alignment: null } hole)
            {
                builder.Add(ValueOf(hole.Expression, code, step), SpanOf(hole.Syntax));
            }
            else
            {
                builder.Add(UnknownText.Mark.ToString(), SpanOf(part.Syntax));
            }
        }
    }

    /// <summary>What an expression gives that is not spelled out where it stands: a constant, what a name has for good, what an attribute of a resource looks
    /// like.</summary>
    private static string ValueOf(IOperation operation, string code, int step)
    {
        IOperation value = CodeValues.Bare(operation);
        if ((ConstantOf(value) ?? ConstructTexts.Of(value, code)) is { } text)
        {
            return text;
        }

        // A text may be made of another one twice, that one of a third: what is longer than any policy is not known.
        IOperation known = step < MostSteps ? KnownValues.Of(value) : value;
        return known != value && known.Type?.SpecialType == SpecialType.System_String && known.Syntax.SyntaxTree == operation.Syntax.SyntaxTree
            && Of(known, code, step + 1).Text is { Length: < LongestValue } given
            ? given : UnknownText.Mark.ToString();
    }

    /// <summary>A constant's value, or what a static read-only field is set to where it is declared.</summary>
    private static string? ConstantOf(IOperation operation) => operation switch
    {
        { ConstantValue: { HasValue: true, Value: string value } } => value,
        IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true, DeclaringSyntaxReferences: [var declaration] } }
            when declaration.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: LiteralExpressionSyntax literal } => literal.Token.Value as string,
        _ => null,
    };

    private static ProvableSec.Policy.Text.TextRange SpanOf(SyntaxNode node) => new(node.SpanStart, node.Span.Length);
}
