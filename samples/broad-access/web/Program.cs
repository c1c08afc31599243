using Amazon.S3;
using Amazon.SecurityToken;
using Site;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<IAmazonS3, AmazonS3Client>();
builder.Services.AddSingleton<IAmazonSecurityTokenService, AmazonSecurityTokenServiceClient>();
WebApplication app = builder.Build();
app.MapPost("/publish", (IAmazonS3 s3) => Publishing.OpenAsync(s3));
app.MapPost("/upload", (IAmazonSecurityTokenService sts, string role) => Uploads.SessionAsync(sts, role));
app.Run();
