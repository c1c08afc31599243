using System.Text.Json;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace Site;

internal static class Uploads
{
    public static async Task<Credentials> SessionAsync(IAmazonSecurityTokenService sts, string role)
    {
        string policy = JsonSerializer.Serialize(new
        {
            Version = "2012-10-17",
            Statement = new[]
            {
                new
                {
                    Effect = "Allow",
                    Action = new[] { "s3:PutObject", "s3:Put*", "s3:GetObjects" },
                    Resource = "arn:aws:s3:::uploads/*",
                },
            },
        });
        AssumeRoleRequest? request = new() { RoleArn = role, RoleSessionName = "upload" };
        request?.Policy = policy;
        AssumeRoleResponse answer = await sts.AssumeRoleAsync(request!);
        return answer.Credentials;
    }

    extension(AssumeRoleRequest request)
    {
        // A session that may do what its role may: no finding, for a session policy gives nothing.
        public AssumeRoleRequest ForAnything()
        {
            request.Policy = """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}""";
            return request;
        }
    }
}
