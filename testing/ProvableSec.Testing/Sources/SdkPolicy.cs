using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using ProvableSec.Policy.Json;

namespace ProvableSec.Testing.Sources;

/// <summary>Policies and templates that are objects of the AWS SDK or the CDK, which this package does not depend on: by the methods with which they write
/// themselves.</summary>
internal static class SdkPolicy
{
    private const string CdkTemplate = "Amazon.CDK.Assertions.Template";

    /// <summary>The JSON of a policy.</summary>
    public static string JsonOf(object policy)
    {
        Type type = (policy ?? throw new ArgumentNullException(nameof(policy))).GetType();
        MethodInfo? write = type.GetMethods().FirstOrDefault(m => m.Name.Equals("ToJson", StringComparison.OrdinalIgnoreCase)
            && m.GetParameters().All(p => p.IsOptional));
        return write is null
            ? throw new PolicySourceException(
                $"{type.FullName} is not a policy that can be read: expected an Amazon.Auth.AccessControlPolicy.Policy, an "
                    + $"Amazon.CDK.AWS.IAM.PolicyDocument or another object with ToJson()")
            : Text(Invoke(write, policy, [.. write.GetParameters().Select(p => p.DefaultValue)]));
    }

    /// <summary>What a stack is called: its name where that is known, else its type.</summary>
    public static string NameOf(object stack) =>
        stack.GetType().GetProperty("StackName")?.GetValue(stack) is string { Length: > 0 } name && name.All(c => char.IsLetterOrDigit(c) || c == '-') ? name
            : stack.GetType().Name;

    /// <summary>The template of a stack.</summary>
    public static string TemplateOf(object stack)
    {
        Type type = (stack ?? throw new ArgumentNullException(nameof(stack))).GetType();
        object? template = type.FullName == CdkTemplate ? stack : null;
        for (Type? known = type; known is not null && template is null; known = known.BaseType)
        {
            if (known.Assembly.GetType(CdkTemplate)?.GetMethods().FirstOrDefault(m =>
                m is { Name: "FromStack", IsStatic: true } && m.GetParameters()[0].ParameterType.IsInstanceOfType(stack)) is { } synthesize)
            {
                template = Invoke(synthesize, null, [stack, .. synthesize.GetParameters().Skip(1).Select(p => p.DefaultValue)]);
            }
        }

        return template is null
            ? throw new PolicySourceException($"{type.FullName} is not a stack of the CDK: expected an Amazon.CDK.Stack or an {CdkTemplate}")
            : Text(Invoke(template.GetType().GetMethod("ToJSON")!, template, []));
    }

    private static object Invoke(MethodInfo method, object? on, object?[] arguments)
    {
        try
        {
            return method.Invoke(on, arguments) ?? throw new PolicySourceException($"{method.DeclaringType!.Name}.{method.Name} gave nothing");
        }
        catch (TargetInvocationException e)
        {
            throw new PolicySourceException($"{method.DeclaringType!.Name}.{method.Name} failed: {e.InnerException!.Message}");
        }
    }

    private static string Text(object value)
    {
        if (value is string text)
        {
            return text;
        }

        var json = new StringBuilder();
        Write(json, value);
        return json.ToString();
    }

    private static void Write(StringBuilder json, object? value)
    {
        switch (value)
        {
            case null:
                json.Append("null");
                break;
            case string text:
                JsonEscapes.AppendQuoted(json, text);
                break;
            case bool truth:
                json.Append(truth ? "true" : "false");
                break;
            case IDictionary members:
                Join(json, '{', '}', members.Keys.Cast<object>(), key =>
                {
                    JsonEscapes.AppendQuoted(json, (string)key);
                    json.Append(": ");
                    Write(json, members[key]);
                });
                break;
            case IEnumerable<KeyValuePair<string, object>> members:
                Join(json, '{', '}', members, member =>
                {
                    JsonEscapes.AppendQuoted(json, member.Key);
                    json.Append(": ");
                    Write(json, member.Value);
                });
                break;
            case IEnumerable items:
                Join(json, '[', ']', items.Cast<object?>(), item => Write(json, item));
                break;
            default:
                json.Append(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    /// <summary>An item a line: messages name lines.</summary>
    private static void Join<T>(StringBuilder json, char open, char close, IEnumerable<T> items, Action<T> write)
    {
        json.Append(open);
        string between = "\n";
        foreach (T item in items)
        {
            json.Append(between);
            write(item);
            between = ",\n";
        }

        json.Append('\n').Append(close);
    }
}
