using System.Linq.Expressions;
using System.Text.RegularExpressions;

namespace ProvableSec.Reasoning.Linq;

/// <summary>Says which part of a query cannot be asked, in the words of its author as far as an expression still knows them.</summary>
internal static class UnsupportedExpression
{
    public static NotSupportedException Named(Expression expression, string why) => new($"the query cannot use {Written(expression)}: {why}");

    private static string Written(Expression expression)
    {
        // r.get_Item("k") is r["k"], and value(Program+<>c__DisplayClass0_0).region the captured region.
        string text = Regex.Replace(expression.ToString(), """\.get_Item\(("[^"]*"|[^()]*)\)""", "[$1]");
        return Regex.Replace(text, @"value\([^()]*\)\.", "");
    }
}
