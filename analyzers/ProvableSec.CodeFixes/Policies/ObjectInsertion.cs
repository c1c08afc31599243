using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.CodeFixes.Policies;

/// <summary>A member that a rewrite puts at the end of a JSON object, as what the code that makes the object says for it.</summary>
internal static class ObjectInsertion
{
    /// <summary>The change; null where the object has no place for the member.</summary>
    /// <param name="model">The file.</param>
    /// <param name="end">Where the expression that makes the object ends.</param>
    /// <param name="text">The member with the comma before it.</param>
    public static TextChange? At(SemanticModel model, int end, string text)
    {
        JsonTree json = JsonTreeReader.Read(new DocumentText("{" + text.TrimStart(',') + "}"));
        if (!text.StartsWith(",", StringComparison.Ordinal) || json.Problems.Any() || Members(json.Root) is not [var member])
        {
            return null;
        }

        SyntaxNode? made = model.SyntaxTree.GetRoot().FindToken(end - 1).Parent?.AncestorsAndSelf().TakeWhile(node => node.Span.End == end)
            .FirstOrDefault(node => node is AnonymousObjectCreationExpressionSyntax or BaseObjectCreationExpressionSyntax or InvocationExpressionSyntax);
        switch (made)
        {
            case AnonymousObjectCreationExpressionSyntax { Initializers: { Count: > 0 } members } when SyntaxFacts.IsValidIdentifier(member.Name):
                return After(members[members.Count - 1], $"{member.Name} = {Value(member.Value, model, end)}");
            case BaseObjectCreationExpressionSyntax or InvocationExpressionSyntax when model.GetTypeInfo(made).Type is { } type:
                return (type.Name, type.ContainingNamespace.ToDisplayString()) switch
                {
                    ("Statement", "Amazon.Auth.AccessControlPolicy") => Call(member, model, end),
                    ("PolicyStatement", "Amazon.CDK.AWS.IAM") => Property(made, member, model),
                    _ => Entry(made, member, model),
                };
            default:
                return null;
        }
    }

    /// <summary>What the statements of the SDK have is added by calls that return them.</summary>
    private static TextChange? Call(JsonMember member, SemanticModel model, int end)
    {
        if (member.Name != "Condition" || Members(member.Value) is not [var comparison]
            || Members(comparison.Value) is not [{ Value: { Kind: JsonKind.String } value } line])
        {
            return null;
        }

        string? kinds = comparison.Name.StartsWith("String", StringComparison.Ordinal) ? "StringComparisonType"
            : comparison.Name.StartsWith("Arn", StringComparison.Ordinal) ? "ArnComparisonType" : null;
        string factory = Name(model, end, "Amazon.Auth.AccessControlPolicy", "ConditionFactory", 0);
        return kinds is null ? null
            : new TextChange(new TextSpan(end, 0),
                $".WithConditions({factory}.NewCondition({factory}.{kinds}.{comparison.Name}, {Literal(line.Name)}, {Literal(value.Text)}))");
    }

    private static TextChange? Property(SyntaxNode made, JsonMember member, SemanticModel model) =>
        member.Name == "Condition"
            && made is BaseObjectCreationExpressionSyntax
            {
                ArgumentList.Arguments: [{ Expression: BaseObjectCreationExpressionSyntax { Initializer.Expressions: { Count: > 0 } set } }]
            }
            ? After(set[set.Count - 1], $"Conditions = {Value(member.Value, model, made.SpanStart)}")
            : null;

    private static TextChange? Entry(SyntaxNode made, JsonMember member, SemanticModel model)
    {
        if (made is not BaseObjectCreationExpressionSyntax { Initializer.Expressions: { Count: > 0 } entries })
        {
            return null;
        }

        string value = Value(member.Value, model, made.SpanStart);
        ExpressionSyntax last = entries[entries.Count - 1];
        return After(last, last is AssignmentExpressionSyntax ? $"[{Literal(member.Name)}] = {value}" : $"{{ {Literal(member.Name)}, {value} }}");
    }

    /// <summary>On a line of its own where the one before it is.</summary>
    private static TextChange After(SyntaxNode last, string text)
    {
        Microsoft.CodeAnalysis.Text.SourceText code = last.SyntaxTree.GetText();
        TextLine line = code.Lines.GetLineFromPosition(last.SpanStart);
        string before = code.ToString(TextSpan.FromBounds(line.Start, last.SpanStart));
        string space = before.All(char.IsWhiteSpace) ? code.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak)) + before : " ";
        return new TextChange(new TextSpan(last.Span.End, 0), "," + space + text);
    }

    private static string Value(JsonItem value, SemanticModel model, int position) => value.Kind switch
    {
        JsonKind.Object =>
            $"new {Name(model, position, "System.Collections.Generic", "Dictionary", 2)}<string, object> {{ "
                + $"{string.Join(", ", Members(value).Select(line => $"[{Literal(line.Name)}] = {Value(line.Value, model, position)}"))} }}",
        JsonKind.Array => $"new[] {{ {string.Join(", ", Items(value).Select(item => Value(item, model, position)))} }}",
        JsonKind.String => Literal(value.Text),
        _ => value.Document.Source.Text.Substring(value.Span.Start, value.Span.Length),
    };

    private static List<JsonMember> Members(JsonItem value)
    {
        var members = new List<JsonMember>();
        foreach (JsonMember member in value.Properties())
        {
            members.Add(member);
        }

        return members;
    }

    private static List<JsonItem> Items(JsonItem value)
    {
        var items = new List<JsonItem>();
        foreach (JsonItem item in value.Elements())
        {
            items.Add(item);
        }

        return items;
    }

    /// <summary>The name of a type, with its namespace where the file does not use that.</summary>
    private static string Name(SemanticModel model, int position, string space, string name, int arity) =>
        model.LookupNamespacesAndTypes(position, name: name).OfType<INamedTypeSymbol>().Any(type => type.Arity == arity) ? name : $"{space}.{name}";

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
