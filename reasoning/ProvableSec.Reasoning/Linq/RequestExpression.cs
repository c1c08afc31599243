namespace ProvableSec.Reasoning.Linq;

/// <summary>
/// A request in a query: the <c>r</c> of <c>from r in stack.AllowedRequests() where …</c>. There are no objects of this type;
/// its members stand in expressions, which a <see cref="RequestQuery"/> reads and never runs.
/// </summary>
public sealed class RequestExpression
{
    private RequestExpression()
    {
    }

    /// <summary>The action, such as <c>s3:GetObject</c>; compared in any case.</summary>
    public RequestText Action => throw InExpressionsOnly();

    /// <summary>The ARN of the resource, or <c>*</c> where the action has none.</summary>
    public RequestText Resource => throw InExpressionsOnly();

    /// <summary>The ARN of who asks: the key <c>aws:PrincipalArn</c>, which for a role session is the role's.</summary>
    public RequestText Principal => throw InExpressionsOnly();

    /// <summary>The value of a condition key.</summary>
    /// <param name="key">The key, such as <c>aws:RequestedRegion</c>, in any case.</param>
    public RequestText this[string key] => throw InExpressionsOnly();

    private static InvalidOperationException InExpressionsOnly() => new("a request is known in the expressions of a query only");
}
