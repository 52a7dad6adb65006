echo counted >> /srv/app/census
