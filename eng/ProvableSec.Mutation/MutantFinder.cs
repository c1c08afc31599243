using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ProvableSec.Mutation;

/// <summary>Lists the changes that can be made to a file, in the order of its text.</summary>
internal sealed class MutantFinder(string file, SourceText text) : CSharpSyntaxWalker
{
    private static readonly Dictionary<SyntaxKind, string[]> Operators = new()
    {
        [SyntaxKind.LessThanToken] = ["<=", ">="],
        [SyntaxKind.LessThanEqualsToken] = ["<", ">"],
        [SyntaxKind.GreaterThanToken] = [">=", "<="],
        [SyntaxKind.GreaterThanEqualsToken] = [">", "<"],
        [SyntaxKind.EqualsEqualsToken] = ["!="],
        [SyntaxKind.ExclamationEqualsToken] = ["=="],
        [SyntaxKind.AmpersandAmpersandToken] = ["||"],
        [SyntaxKind.BarBarToken] = ["&&"],
        [SyntaxKind.PlusToken] = ["-"],
        [SyntaxKind.MinusToken] = ["+"],
        [SyntaxKind.AsteriskToken] = ["/"],
        [SyntaxKind.SlashToken] = ["*"],
        [SyntaxKind.PercentToken] = ["*"],
        [SyntaxKind.AmpersandToken] = ["|"],
        [SyntaxKind.BarToken] = ["&"],
        [SyntaxKind.LessThanLessThanToken] = [">>"],
        [SyntaxKind.GreaterThanGreaterThanToken] = ["<<"],
    };

    private static readonly Dictionary<string, string> Calls = new(StringComparer.Ordinal)
    {
        ["Any"] = "All",
        ["All"] = "Any",
        ["First"] = "Last",
        ["Last"] = "First",
        ["Min"] = "Max",
        ["Max"] = "Min",
        ["StartsWith"] = "EndsWith",
        ["EndsWith"] = "StartsWith",
        ["IndexOf"] = "LastIndexOf",
        ["LastIndexOf"] = "IndexOf",
        ["Union"] = "Intersect",
        ["TakeWhile"] = "SkipWhile",
        ["Take"] = "Skip",
        ["Skip"] = "Take",
    };

    public List<Mutant> Found { get; } = [];

    public override void VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        // A text that is put together has no minus; the compiler refuses it, and no mutant comes of it.
        foreach (string other in Operators.GetValueOrDefault(node.OperatorToken.Kind(), []))
        {
            Add("operator", node.OperatorToken.Span, other);
        }

        if (node.IsKind(SyntaxKind.LogicalAndExpression) || node.IsKind(SyntaxKind.LogicalOrExpression))
        {
            Add("condition left out", TextSpan.FromBounds(node.OperatorToken.SpanStart, node.Right.Span.End), "");
            Add("condition left out", TextSpan.FromBounds(node.Left.SpanStart, node.OperatorToken.Span.End), "");
        }

        base.VisitBinaryExpression(node);
    }

    public override void VisitRelationalPattern(RelationalPatternSyntax node)
    {
        Add("boundary", node.OperatorToken.Span, Operators[node.OperatorToken.Kind()][0]);
        base.VisitRelationalPattern(node);
    }

    public override void VisitBinaryPattern(BinaryPatternSyntax node)
    {
        Add("pattern left out", TextSpan.FromBounds(node.OperatorToken.SpanStart, node.Right.Span.End), "");
        Add("pattern left out", TextSpan.FromBounds(node.Left.SpanStart, node.OperatorToken.Span.End), "");
        base.VisitBinaryPattern(node);
    }

    public override void VisitIfStatement(IfStatementSyntax node)
    {
        Negate(node.Condition);
        if (node.Else is not null)
        {
            Add("branch left out", node.Else.Span, "");
        }

        base.VisitIfStatement(node);
    }

    public override void VisitConditionalExpression(ConditionalExpressionSyntax node)
    {
        Add("branches swapped", TextSpan.FromBounds(node.WhenTrue.SpanStart, node.WhenFalse.Span.End), $"({node.WhenFalse}) : ({node.WhenTrue})");
        base.VisitConditionalExpression(node);
    }

    public override void VisitLiteralExpression(LiteralExpressionSyntax node)
    {
        switch (node.Kind())
        {
            case SyntaxKind.NumericLiteralExpression:
                Add("constant", node.Span, $"({node} + 1)");
                break;
            case SyntaxKind.TrueLiteralExpression:
                Add("constant", node.Span, "false");
                break;
            case SyntaxKind.FalseLiteralExpression:
                Add("constant", node.Span, "true");
                break;
            case SyntaxKind.CharacterLiteralExpression:
                Add("constant", node.Span, node.Token.ValueText == "\u0001" ? "'\\u0002'" : "'\\u0001'");
                break;
            case SyntaxKind.StringLiteralExpression when IsCompared(node):
                Add("constant", node.Span, "\"\\u0001\"");
                break;
        }
    }

    public override void VisitExpressionStatement(ExpressionStatementSyntax node)
    {
        Add("statement left out", node.Span, ";");
        base.VisitExpressionStatement(node);
    }

    public override void VisitYieldStatement(YieldStatementSyntax node)
    {
        if (node.IsKind(SyntaxKind.YieldReturnStatement))
        {
            Add("statement left out", node.Span, ";");
        }

        base.VisitYieldStatement(node);
    }

    public override void VisitContinueStatement(ContinueStatementSyntax node) => Add("statement left out", node.Span, ";");

    public override void VisitReturnStatement(ReturnStatementSyntax node)
    {
        // What stands behind an early return then runs.
        if (node.Parent is BlockSyntax { Parent: IfStatementSyntax } or IfStatementSyntax)
        {
            Add("statement left out", node.Span, ";");
        }

        base.VisitReturnStatement(node);
    }

    public override void VisitThrowStatement(ThrowStatementSyntax node)
    {
        // How arguments are checked for null is the compiler's word, not ours.
        if (!node.ToString().Contains("ArgumentNullException", StringComparison.Ordinal))
        {
            Add("statement left out", node.Span, ";");
            base.VisitThrowStatement(node);
        }
    }

    public override void VisitCollectionExpression(CollectionExpressionSyntax node)
    {
        Entries(node.Elements);
        base.VisitCollectionExpression(node);
    }

    public override void VisitInitializerExpression(InitializerExpressionSyntax node)
    {
        if (!node.IsKind(SyntaxKind.ObjectInitializerExpression))
        {
            Entries(node.Expressions);
        }

        base.VisitInitializerExpression(node);
    }

    public override void VisitSwitchExpression(SwitchExpressionSyntax node)
    {
        Entries(node.Arms);
        base.VisitSwitchExpression(node);
    }

    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        if (node.Expression is MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name }
            && Calls.TryGetValue(name.Identifier.ValueText, out string? other))
        {
            Add("call", name.Span, other);
        }

        base.VisitInvocationExpression(node);
    }

    public override void VisitAssignmentExpression(AssignmentExpressionSyntax node)
    {
        string? other = node.Kind() switch
        {
            SyntaxKind.AddAssignmentExpression => "-=",
            SyntaxKind.SubtractAssignmentExpression => "+=",
            SyntaxKind.OrAssignmentExpression => "&=",
            SyntaxKind.AndAssignmentExpression => "|=",
            _ => null,
        };
        if (other is not null)
        {
            Add("operator", node.OperatorToken.Span, other);
        }

        base.VisitAssignmentExpression(node);
    }

    public override void VisitPrefixUnaryExpression(PrefixUnaryExpressionSyntax node)
    {
        if (node.IsKind(SyntaxKind.LogicalNotExpression))
        {
            Add("negation left out", node.OperatorToken.Span, "");
        }

        base.VisitPrefixUnaryExpression(node);
    }

    // Attributes and default values of parameters decide nothing that tests could see.
    public override void VisitAttributeList(AttributeListSyntax node)
    {
    }

    private static bool IsCompared(LiteralExpressionSyntax node) => node.Parent is ConstantPatternSyntax or CaseSwitchLabelSyntax or ExpressionElementSyntax
        || node.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression }
        || node.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called } }
        && called.Name.Identifier.ValueText is "StartsWith" or "EndsWith" or "Contains" or "IndexOf" or "Equals";

    private void Negate(ExpressionSyntax condition)
    {
        // What a pattern in the condition names must stay named: the compiler refuses the others.
        Add("condition negated", condition.Span, $"!({condition})");
    }

    private void Entries<T>(SeparatedSyntaxList<T> entries)
        where T : SyntaxNode
    {
        for (int i = 0; i < entries.Count; i++)
        {
            TextSpan span = entries.Count == 1 ? entries[i].Span
                : i + 1 < entries.Count ? TextSpan.FromBounds(entries[i].SpanStart, entries[i + 1].SpanStart)
                : TextSpan.FromBounds(entries.GetSeparator(i - 1).SpanStart, entries[i].Span.End);
            Add("entry left out", span, "");
        }
    }

    private void Add(string kind, TextSpan span, string replacement) =>
        Found.Add(new Mutant(file, kind, new TextChange(span, replacement), text.Lines.GetLineFromPosition(span.Start).LineNumber + 1, text.ToString(span)));
}
