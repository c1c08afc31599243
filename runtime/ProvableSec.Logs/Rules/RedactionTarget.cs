namespace ProvableSec.Logs.Rules;

/// <summary>What a redaction changes.</summary>
public enum RedactionTarget
{
    /// <summary>The values of headers, by name.</summary>
    Header,

    /// <summary>The values of cookies in the Cookie header, by name.</summary>
    Cookie,

    /// <summary>The values of arguments in the query string, by name.</summary>
    Argument,

    /// <summary><c>clientIp</c>.</summary>
    ClientIp,

    /// <summary><c>uri</c>.</summary>
    Uri,

    /// <summary><c>args</c> as a whole.</summary>
    Args,

    /// <summary><c>httpMethod</c>.</summary>
    HttpMethod,
}
