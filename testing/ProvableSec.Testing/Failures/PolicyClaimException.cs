namespace ProvableSec.Testing;

/// <summary>
/// A claim about policies that does not hold, or of which that is not known. The message says the claim, a request that shows it, the statement with its place,
/// what
/// would block the request, and a case for <c>provablesec simulate</c>. The stack trace begins with the places in the policies, so that test windows lead
/// there.
/// </summary>
public sealed class PolicyClaimException : Exception, IAssertionException
{
    private readonly string places;

    internal PolicyClaimException(string message, string places)
        : base(message) => this.places = places;

    /// <inheritdoc/>
    public override string? StackTrace => places.Length == 0 ? base.StackTrace : $"{places}{Environment.NewLine}{base.StackTrace}";
}

/// <summary>What xunit, which goes by the name, takes for a failed assertion and not for an error.</summary>
internal interface IAssertionException;
