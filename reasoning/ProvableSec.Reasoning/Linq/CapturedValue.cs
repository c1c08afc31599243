using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;

namespace ProvableSec.Reasoning.Linq;

/// <summary>
/// The value of the part of a query that does not speak of the request: constants, and variables, fields and properties as they are now.
/// Read by reflection, since compiled expressions are not to be had everywhere.
/// </summary>
internal static class CapturedValue
{
    public static string Text(Expression expression) => Of(expression) as string
        ?? throw UnsupportedExpression.Named(expression, "it is null; write IsAbsent or IsPresent to ask whether a key has a value");

    public static object? Of(Expression expression)
    {
        switch (expression)
        {
            case ConstantExpression constant:
                return constant.Value;
            case MemberExpression { Member: FieldInfo { IsStatic: true } field }:
                return field.GetValue(null);
            case MemberExpression { Member: FieldInfo field, Expression: { } owner }:
                return field.GetValue(Owner(expression, owner));
            case MemberExpression { Member: PropertyInfo property, Expression: null }:
                return property.GetValue(null, null);
            case MemberExpression { Member: PropertyInfo property, Expression: { } owner }:
                return property.GetValue(Owner(expression, owner), null);
            case BinaryExpression { NodeType: ExpressionType.Add } sum when sum.Type == typeof(string) && sum.Left.Type == sum.Right.Type:
                return string.Concat(Of(sum.Left) as string, Of(sum.Right) as string);
            case UnaryExpression { NodeType: ExpressionType.Convert } widened when widened.Type == typeof(decimal) && IsInteger(widened.Operand.Type):
                return Convert.ToDecimal(Of(widened.Operand), CultureInfo.InvariantCulture);
            default:
                throw UnsupportedExpression.Named(
                    expression, "of what does not speak of the request, constants and variables are known; compute it before the query and use the variable");
        }
    }

    private static object Owner(Expression expression, Expression owner) =>
        Of(owner) ?? throw UnsupportedExpression.Named(expression, "what it belongs to is null");

    private static bool IsInteger(Type type) => Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.UInt64 && !type.IsEnum;
}
